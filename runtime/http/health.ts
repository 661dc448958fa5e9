import type { Express } from 'express';
import type { Services } from './services.ts';

type Needed = Pick<Services, 'storage' | 'isTakingMail' | 'alarms'>;

/**
 * `/health/live`: the process answers. `/health/ready`: it can take mail, that is the store can be written and mail is being taken.
 * Both are open to everybody and say no more than that.
 */
export function registerHealth(app: Express, services: Needed): void {
  app.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });

  app.get('/health/ready', async (_request, response) => {
    const trouble = await services.storage.look();
    const checks = { store: trouble === null || trouble.state === 'low', intake: services.isTakingMail() };
    // Only how many: names of mailboxes are not for everybody.
    const alarms = checks.store ? (await services.alarms.open()).length : undefined;
    const ready = checks.store && checks.intake;
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ready ? 'ok' : 'not-ready', checks, alarms });
  });
}
