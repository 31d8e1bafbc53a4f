// Call a method of a service with amqplib, without nameko. docs/rpc.md says what goes over the wire.
//
// AMQP_URI=amqp://… node call.mjs parcels get_parcel '{"parcel_id": "330604006-0231"}'

import { randomUUID } from "node:crypto";
import amqp from "amqplib";

const WAITS_S = 10;

// What the method answers. Throws an Error with its no, or when there is no answer.
async function call(uri, service, method, args) {
  const connection = await amqp.connect(uri);
  try {
    const channel = await connection.createChannel();
    const me = randomUUID(); // the name of our queue, and the key under which answers reach it
    await channel.assertQueue(me, { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(me, "nameko-rpc", me);
    const answered = new Promise((resolve, reject) => {
      const late = () => reject(new Error(`${service} did not answer within ${WAITS_S} s`));
      const timer = setTimeout(late, WAITS_S * 1000);
      channel.consume(me, (message) => {
        if (message?.properties.correlationId !== me) return;
        clearTimeout(timer);
        resolve(JSON.parse(message.content.toString()));
      }, { noAck: true }).catch(reject);
    });
    const body = JSON.stringify({ args: [], kwargs: args });
    channel.publish("nameko-rpc", `${service}.${method}`, Buffer.from(body), {
      contentType: "application/json",
      replyTo: me,
      correlationId: me,
      headers: { "x-deadline": Math.floor(Date.now() / 1000) + WAITS_S },
    });
    const { result, error } = await answered;
    if (error) throw new Error(`${error.exc_type}: ${error.value}`);
    return result;
  } finally {
    await connection.close();
  }
}

const [service, method, args] = process.argv.slice(2);
try {
  console.log(JSON.stringify(await call(process.env.AMQP_URI, service, method, JSON.parse(args))));
} catch (problem) {
  console.error(problem.message);
  process.exitCode = 1;
}
