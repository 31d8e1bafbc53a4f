// Publish an event as a township with amqplib, and wait for its receipt.
//
// AMQP_URI=amqp://… node publish.mjs 330604006 parcel.registered '{"parcel_id": "330604006-0231", …}'
//
// docs/contracts/townships.md has the events; a copy of the same id must have the same bytes.

import { createHash, randomUUID } from "node:crypto";
import amqp from "amqplib";

const WAITS_S = 30;

// The receipt's data. Throws when the broker does not confirm, or there is no receipt.
async function publish(uri, code, type, data) {
  const body = Buffer.from(JSON.stringify({
    specversion: "1.0",
    id: randomUUID(), // keep it, and send the same again if you are not sure
    source: `/townships/${code}`,
    type,
    time: new Date().toISOString(),
    data,
  }));
  const connection = await amqp.connect(uri);
  try {
    const channel = await connection.createConfirmChannel();
    const mine = `receipts-${code}`;
    await channel.assertQueue(mine, { durable: true, arguments: { "x-queue-type": "quorum" } });
    await channel.bindQueue(mine, "township.receipts", code);
    const receipt = receiptOf(channel, mine, createHash("sha256").update(body).digest("hex"));
    receipt.catch(() => {}); // it is awaited below; the publish may fail before
    channel.publish("township.events", `${code}.${type}`, body, {
      contentType: "application/json",
      persistent: true,
      mandatory: true, // a "return" event on the channel tells that nobody takes it
    });
    await channel.waitForConfirms();
    return await receipt;
  } finally {
    await connection.close();
  }
}

function receiptOf(channel, queue, bodySha256) {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no receipt within ${WAITS_S} s`));
    const timer = setTimeout(late, WAITS_S * 1000);
    channel.consume(queue, (message) => {
      const receipt = JSON.parse(message.content.toString()).data;
      channel.ack(message); // a real system stores the receipt first
      if (receipt.body_sha256 !== bodySha256) return;
      clearTimeout(timer);
      resolve(receipt);
    }).catch(reject);
  });
}

const [code, type, data] = process.argv.slice(2);
try {
  console.log(JSON.stringify(await publish(process.env.AMQP_URI, code, type, JSON.parse(data))));
} catch (problem) {
  console.error(problem.message);
  process.exitCode = 1;
}
