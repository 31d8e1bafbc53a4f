"""Call a method of a service with pika, without nameko. docs/rpc.md says what goes over the wire.

AMQP_URI=amqp://… python call.py parcels get_parcel '{"parcel_id": "330604006-0231"}'
"""

import json
import os
import sys
import time
import uuid

import pika
import pika.exceptions

WAITS_S = 10


def call(uri: str, service: str, method: str, arguments: dict) -> object:
    """What the method answers. Raises `RuntimeError` with its no, `TimeoutError` without an answer."""
    with pika.BlockingConnection(pika.URLParameters(uri)) as connection:
        channel = connection.channel()
        me = str(uuid.uuid4())  # the name of our queue, and the key under which answers reach it
        channel.queue_declare(me, exclusive=True, auto_delete=True)
        channel.queue_bind(me, "nameko-rpc", routing_key=me)
        channel.basic_publish(
            "nameko-rpc",
            f"{service}.{method}",
            json.dumps({"args": [], "kwargs": arguments}).encode(),
            pika.BasicProperties(
                content_type="application/json",
                reply_to=me,
                correlation_id=me,
                headers={"x-deadline": int(time.time()) + WAITS_S},
            ),
        )
        answers = channel.consume(me, auto_ack=True, inactivity_timeout=WAITS_S)
        for _, properties, body in answers:
            if body is None:
                raise TimeoutError(f"{service} did not answer within {WAITS_S} s")
            if properties.correlation_id == me:
                answer = json.loads(body)
                break
    if answer["error"]:
        raise RuntimeError(f"{answer['error']['exc_type']}: {answer['error']['value']}")
    return answer["result"]


if __name__ == "__main__":
    _, service, method, arguments = sys.argv
    try:
        answer = call(os.environ["AMQP_URI"], service, method, json.loads(arguments))
    except (RuntimeError, TimeoutError) as problem:
        sys.exit(str(problem))
    except pika.exceptions.AMQPError as problem:
        sys.exit(f"{problem!r}: start the broker of AMQP_URI, and the services at it")
    print(json.dumps(answer, ensure_ascii=False))
