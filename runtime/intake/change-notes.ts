import type { Topic } from '../../schemas/api/system.ts';

/** Collects what changed and tells it once per turn of the event loop: a commit of 500 mails is one piece of news, not 500. */
export function createChangeNotes(onChange: (topic: Topic) => void): (...topics: readonly Topic[]) => void {
  let noted = new Set<Topic>();

  function tell(): void {
    const topics = noted;
    noted = new Set();
    for (const topic of topics) onChange(topic);
  }

  return (...topics) => {
    if (noted.size === 0) setImmediate(tell);
    for (const topic of topics) noted.add(topic);
  };
}
