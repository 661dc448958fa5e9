import type { Schedule } from '../../schemas/schedule.ts';
import type { Settings } from '../../schemas/settings.ts';

type Shelf = Pick<Settings, 'lists' | 'schedules'>;

/** Lists and schedules by id, always those in force. */
export function createDirectory(settings: { read(): Shelf }): {
  list(id: string): readonly string[] | undefined;
  schedule(id: string): Schedule | undefined;
} {
  let known: { of: Shelf; lists: Map<string, readonly string[]>; schedules: Map<string, Schedule> } | null = null;
  const current = () => {
    const of = settings.read();
    // Settings in force are one object until they change.
    if (known?.of !== of) {
      known = {
        of,
        lists: new Map(of.lists.map(({ id, values }) => [id, values])),
        schedules: new Map(of.schedules.map((schedule) => [schedule.id, schedule])),
      };
    }
    return known;
  };
  return { list: (id) => current().lists.get(id), schedule: (id) => current().schedules.get(id) };
}
