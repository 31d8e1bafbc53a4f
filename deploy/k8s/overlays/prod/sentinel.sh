#!/bin/sh
# Starts a Sentinel with what it knew, which stands in its own file; at first, that redis-0 is the master. The
# passwords and the user of its exporter are those of the Secrets, at each start. With certificates
# (components/tls) it speaks TLS on the same port, and to each Redis.
set -eu
conf=/data/sentinel.conf
tls=/run/secrets/tls

if [ ! -s $conf ]; then
    cat >$conf.new <<END
protected-mode no
dir /data
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip $POD.redis-sentinel
sentinel monitor park redis-0.redis 6379 2
sentinel down-after-milliseconds park 5000
sentinel failover-timeout park 30000
sentinel auth-user park sentinel
END
    mv $conf.new $conf
fi
{
    grep -vE '^(port|tls-[a-z-]+|user (default|watcher)|requirepass|sentinel (auth-pass|sentinel-pass)) ' $conf
    if [ -d $tls ]; then
        echo "port 0"
        echo "tls-port 26379"
        echo "tls-replication yes"
        echo "tls-auth-clients no"
        echo "tls-ca-cert-file $tls/ca.crt"
        echo "tls-cert-file $tls/tls.crt"
        echo "tls-key-file $tls/tls.key"
    else
        echo "port 26379"
    fi
    cat /run/secrets/redis/sentinels.acl
    echo "sentinel auth-pass park $(cat /run/secrets/redis/sentinel)"
    if [ -s /run/secrets/sentinels/password ]; then # which clients have to show, and Sentinels each other
        echo "requirepass $(cat /run/secrets/sentinels/password)"
        echo "sentinel sentinel-pass $(cat /run/secrets/sentinels/password)"
    fi
} >$conf.new
mv $conf.new $conf
exec redis-server $conf --sentinel
