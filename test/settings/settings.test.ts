import { chmod, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSettings } from '../../runtime/settings/settings.ts';

async function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sluice-settings-'));
}

describe('settings', () => {
  it('starts with the sample flow routed from the demo address and outbound mail captured', async () => {
    const settings = await openSettings(await folder());

    expect(settings.read().routes).toEqual([{ id: 'support', pattern: 'support@demo.test', flow: 'support' }]);
    expect(settings.read()).toMatchObject({ outboundMailboxes: [], defaultOutbound: null });
  });

  it('keeps what was changed over a restart', async () => {
    const path = await folder();
    const before = await openSettings(path);

    await before.update((draft) => {
      draft.queues.push({ id: 'returns', name: 'Returns' });
    });

    const after = await openSettings(path);
    expect(after.read()).toEqual(before.read());
    expect(after.read().queues.map((queue) => queue.id)).toContain('returns');
  });

  it('applies changes that come at once one after the other', async () => {
    const settings = await openSettings(await folder());

    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        settings.update((draft) => {
          draft.queues.push({ id: `queue-${index}`, name: `Queue ${index}` });
        }),
      ),
    );

    expect(settings.read().queues.filter((queue) => queue.id.startsWith('queue-'))).toHaveLength(20);
  });

  it('refuses a change that breaks the document and keeps the former one', async () => {
    const path = await folder();
    const settings = await openSettings(path);
    const before = await readFile(join(path, 'settings.json'), 'utf8');

    const update = settings.update((draft) => {
      draft.queues.push({ id: 'general', name: 'Again' });
    });

    await expect(update).rejects.toMatchObject({ code: 'settings-invalid', status: 422 });
    expect(await readFile(join(path, 'settings.json'), 'utf8')).toBe(before);
  });

  it('says what is wrong with a damaged file and does not overwrite it', async () => {
    const path = await folder();
    await writeFile(join(path, 'settings.json'), '{ "version": 1, ');

    await expect(openSettings(path)).rejects.toMatchObject({ code: 'settings-not-json' });

    expect(await readFile(join(path, 'settings.json'), 'utf8')).toBe('{ "version": 1, ');
  });

  it('names a setting that is not known', async () => {
    const path = await folder();
    const first = (await openSettings(path)).read();
    await writeFile(join(path, 'settings.json'), JSON.stringify({ ...first, colour: 'blue' }));

    await expect(openSettings(path)).rejects.toThrow(/colour/);
  });

  it('tells listeners the settings in force and those before', async () => {
    const settings = await openSettings(await folder());
    const heard: number[][] = [];
    settings.onChange((now, before) => heard.push([before.queues.length, now.queues.length]));

    await settings.update((draft) => {
      draft.queues.pop();
    });

    expect(heard).toEqual([[5, 4]]);
  });
});

describe('secrets', () => {
  it('opens what was sealed, also after a restart, and never writes the plain text', async () => {
    const path = await folder();
    const sealed = (await openSettings(path)).seal('hunter2 is no password');

    expect((await openSettings(path)).open(sealed)).toBe('hunter2 is no password');
    expect(sealed).not.toContain('hunter2');
  });

  it('seals the same secret differently each time', async () => {
    const settings = await openSettings(await folder());

    expect(settings.seal('same')).not.toBe(settings.seal('same'));
  });

  it('refuses a changed ciphertext and another key', async () => {
    const settings = await openSettings(await folder());
    const sealed = settings.seal('secret');
    const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    const other = await openSettings(await folder(), { secretKey: 'another key of some length' });

    expect(() => settings.open(flipped)).toThrow(/sealed with another key/);
    expect(() => other.open(sealed)).toThrow(/sealed with another key/);
  });

  it('keeps key and settings readable for their owner only, also if a person loosened them', async () => {
    const path = await folder();
    await openSettings(path);
    await chmod(join(path, 'secret.key'), 0o644);

    await openSettings(path);

    expect((await stat(join(path, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, 'settings.json'))).mode & 0o777).toBe(0o600);
  });
});
