"""Publish an event as a township with pika, and wait for its receipt.

AMQP_URI=amqp://… python publish.py 330604006 parcel.registered '{"parcel_id": "330604006-0231", …}'
"""

import hashlib
import json
import os
import sys
import uuid
from datetime import UTC, datetime

import pika
import pika.exceptions

WAITS_S = 30


def publish(uri: str, code: str, type_: str, data: dict) -> dict:
    """The receipt's `data`. Raises when the broker does not confirm, or there is no receipt."""
    body = json.dumps(
        {
            "specversion": "1.0",
            "id": str(uuid.uuid4()),  # keep it, and send the same again if you are not sure
            "source": f"/townships/{code}",
            "type": type_,
            "time": datetime.now(UTC).isoformat(),
            "data": data,
        }
    ).encode()
    with pika.BlockingConnection(pika.URLParameters(uri)) as connection:
        channel = connection.channel()
        channel.confirm_delivery()  # from now on basic_publish waits for the broker's confirm
        mine = f"receipts-{code}"
        channel.queue_declare(mine, durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(mine, "township.receipts", routing_key=code)
        channel.basic_publish(
            "township.events",
            f"{code}.{type_}",
            body,
            pika.BasicProperties(content_type="application/json", delivery_mode=2),
            mandatory=True,
        )
        return _receipt(channel, mine, hashlib.sha256(body).hexdigest())


def _receipt(channel, queue: str, body_sha256: str) -> dict:
    for method, _, body in channel.consume(queue, inactivity_timeout=WAITS_S):
        if body is None:
            break
        receipt = json.loads(body)["data"]
        channel.basic_ack(method.delivery_tag)  # a real system stores the receipt first
        if receipt["body_sha256"] == body_sha256:
            return receipt
    raise TimeoutError(f"no receipt within {WAITS_S} s")


if __name__ == "__main__":
    _, code, type_, data = sys.argv
    try:
        receipt = publish(os.environ["AMQP_URI"], code, type_, json.loads(data))
    except TimeoutError as problem:
        sys.exit(str(problem))
    except pika.exceptions.AMQPError as problem:
        sys.exit(f"{problem!r}: start the broker of AMQP_URI, and the services at it")
    print(json.dumps(receipt, ensure_ascii=False))
