import { pop3BodyProperties, pop3Ports } from '../../../schemas/sources/pop3.ts';
import { createPop3Source } from '../pop3.ts';
import { changeServer, storeServer, withoutPassword } from '../server-settings.ts';
import type { SourceType } from '../source-type.ts';
import { fetchWholePop3 } from './fetch-whole.ts';
import { listPop3 } from './list.ts';
import { pop3Of } from './server.ts';
import { verifyPop3 } from './verify.ts';

export const pop3SourceType: SourceType<'pop3'> = {
  properties: Object.keys(pop3BodyProperties),
  store(body, seal) {
    const days = body.deleteAfterDays ?? undefined;
    const server = storeServer(body, pop3Ports, seal);
    const { takeDays } = body;
    const own = days === undefined ? {} : { deleteAfterDays: days };
    return { pop3: { ...server, ...own }, folders: [], ...(takeDays && { takeDays }) };
  },
  change(mailbox, { deleteAfterDays: days, takeDays, ...change }, seal) {
    if (takeDays !== undefined) mailbox.takeDays = takeDays;
    const server = pop3Of(mailbox);
    changeServer(server, change, seal);
    if (days === null) delete server.deleteAfterDays;
    else if (days !== undefined) server.deleteAfterDays = days;
  },
  view: ({ pop3 }) => (pop3 ? { pop3: withoutPassword(pop3) } : {}),
  login: pop3Of,
  createSource: (context, timing) => createPop3Source(context, timing),
  list: listPop3,
  verify: (mailbox, credentials) => verifyPop3(mailbox, credentials),
  fetchWhole: fetchWholePop3,
};
