import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

/** The service that every run asks hangs, lies or fails. */
export const serviceTrouble: FaultKind = {
  name: 'service-trouble',
  target: 'service',
  async strike({ service }, random) {
    const ms = between(random, 500, 2_500);
    const mood = (['hangs', 'lies', 'fails', 'drops'] as const)[between(random, 0, 3)] ?? 'hangs';
    service.mood = mood;
    await delay(ms);
    service.mood = 'answers';
    return `the data action's service ${mood} for ${ms} ms`;
  },
};
