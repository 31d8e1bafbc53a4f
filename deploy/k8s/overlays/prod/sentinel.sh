#!/bin/sh
# Starts a Sentinel with what it knew, which stands in its own file; at first, that redis-0 is the master. The
# passwords are those of the Secrets, at each start.
set -eu
conf=/data/sentinel.conf

if [ ! -s $conf ]; then
    cat >$conf.new <<END
port 26379
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
    grep -vE '^(user default|requirepass|sentinel (auth-pass|sentinel-pass)) ' $conf
    echo "sentinel auth-pass park $(cat /run/secrets/redis/sentinel)"
    if [ -s /run/secrets/sentinels/password ]; then # which clients have to show, and Sentinels each other
        echo "requirepass $(cat /run/secrets/sentinels/password)"
        echo "sentinel sentinel-pass $(cat /run/secrets/sentinels/password)"
    fi
} >$conf.new
mv $conf.new $conf
exec redis-server $conf --sentinel
