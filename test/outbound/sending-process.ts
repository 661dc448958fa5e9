import { openOutbox, smtpTo } from './fixture.ts';

/** Sends what waits in the database of a folder, until it is killed: `node sending-process.ts <folder> <port>`. */
const [folder, port] = process.argv.slice(2);
const { outbox } = await openOutbox(smtpTo(Number(port)), folder);
await outbox.start();
