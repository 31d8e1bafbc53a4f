#!/bin/sh
# Starts a Redis as what Sentinels last made of it, which stands in its own file. With an empty disk it follows
# whom they name; if they name it, it is a master that lost its disk, and its replica would lose everything
# with it: so it waits until they have named the other. Where nobody is named, redis-0 begins as the master.
# With certificates (components/tls) it speaks TLS on the same port, and nothing else.
set -eu
me=$POD.redis
conf=/data/redis.conf
tls=/run/secrets/tls

if [ -d $tls ]; then
    encrypted="--tls --cacert $tls/ca.crt"
    set -- --port 0 --tls-port 6379 --tls-replication yes --tls-auth-clients no \
        --tls-ca-cert-file $tls/ca.crt --tls-cert-file $tls/tls.crt --tls-key-file $tls/tls.key
else
    encrypted=
    set -- --port 6379 --tls-port 0 --tls-replication no # also where its own file says it was otherwise
fi

asked() {
    if [ -s /run/secrets/sentinels/password ]; then
        REDISCLI_AUTH=$(cat /run/secrets/sentinels/password)
        export REDISCLI_AUTH
    fi
    timeout 3 redis-cli -e -h redis-sentinel -p 26379 $encrypted sentinel "$@" park 2>/dev/null || true
}
named() { asked get-master-addr-by-name | head -n 1; }

[ -s /data/users.acl ] || cp /run/secrets/redis/users.acl /data/users.acl
if [ ! -s $conf ]; then
    while [ "$(named)" = "$me" ] && [ -n "$(asked replicas)" ]; do
        echo "The disk is empty, and the Sentinels name $me: it waits until they name another."
        sleep 1
    done
    master=$(named)
    master=${master:-redis-0.redis}
    cp /etc/redis/redis.conf $conf.new
    [ "$master" = "$me" ] || echo "replicaof $master 6379" >>$conf.new
    mv $conf.new $conf
fi
exec redis-server $conf "$@" --replica-announce-ip "$me" --masterauth "$(cat /run/secrets/redis/replica)"
