import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { routes } from '../../runtime/http/resources/index.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })];
const code = globSync('runtime/**/*.{ts,js}', { cwd: root }).map(read).join('\n');

/** What the pattern finds on any page, each once, with the page. */
function found(pattern: RegExp): { page: string; name: string }[] {
  return pages.flatMap((page) =>
    [...new Set(Array.from(read(page).matchAll(pattern), (match) => match[1] ?? match[0]))].map((name) => ({
      page,
      name,
    })),
  );
}

/** The address of a heading on its page, as those who show Markdown make it. */
function anchors(page: string): string[] {
  return Array.from(read(page).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('every link between pages leads to a page, and to a heading on it', () => {
  const links = found(/\]\(((?!https?:)[^)\s]+)\)/g);

  const lost = links.filter(({ page, name }) => {
    const [file = '', heading] = name.split('#');
    const target = file === '' ? page : join(dirname(page), file);
    if (!existsSync(join(root, target))) return true;
    return heading !== undefined && !anchors(target).includes(heading);
  });

  expect(links.length).toBeGreaterThan(30);
  expect(lost).toEqual([]);
});

test('every page can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const [, name = ''] of read(page).matchAll(/\]\(((?!https?:)[^)\s#]+)/g))
      reached.add(join(dirname(page), name));
  }

  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

test('every file and folder of the project that a page names exists', () => {
  const folders = ['', 'runtime', 'test', 'test/mailboxes'];
  const named = [
    ...found(/`((?:designer|docs|flows|runtime|schemas|test)\/[\w./-]*)`/g),
    ...found(/`([\w-]+\/[\w./-]*\.tsx?|[\w-]+\.test\.tsx?)`/g),
  ];

  const lost = named.filter(({ name }) => !folders.some((folder) => existsSync(join(root, folder, name))));

  expect(named.length).toBeGreaterThan(300);
  expect(lost).toEqual([]);
});

test.each(['docs/trust.md', 'docs/lessons.md'])('every test that %s names is named from the root', (page) => {
  const named = found(/`([^`]+\.test\.tsx?)`/g).filter((each) => each.page === page);

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !existsSync(join(root, name)))).toEqual([]);
});

test('every call of the API that a page names is one, and every script and command', () => {
  const known = new Set(routes.map(({ path }) => path.replaceAll(/:\w+/g, '{}')));
  const calls = found(/(?<![\w.])(\/api\/[\w\-/:{}.]*\w\}?)(?![\w.])/g);
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const commands = globSync('runtime/commands/*.ts', { cwd: root }).map((file) => /(\w[\w-]*)\.ts$/.exec(file)?.[1]);

  expect(calls.length).toBeGreaterThan(30);
  expect(calls.filter(({ name }) => !known.has(name.replaceAll(/:\w+|\{\w+\}/g, '{}')))).toEqual([]);
  expect(found(/npm run (?:-s )?([\w:-]+)/g).filter(({ name }) => !scripts.includes(name))).toEqual([]);
  expect(found(/npx sluice ([\w-]+)/g).filter(({ name }) => !commands.includes(name) && name !== 'help')).toEqual([]);
});

test('every variable of the environment is in the README, and each that a page names is read', () => {
  const variable = /\bSLUICE_[A-Z_]+\b/g;
  // Refused: data is in SQLite alone.
  const readByCode = new Set(code.match(variable)?.filter((name) => name !== 'SLUICE_DATABASE_URL'));

  expect([...readByCode].filter((name) => !read('README.md').includes(`\`${name}\``))).toEqual([]);
  expect(found(variable).filter(({ name }) => !readByCode.has(name))).toEqual([]);
});

test('every metric that a page names is measured', () => {
  const metrics = found(/\b(sluice_[a-z_]+)/g);

  expect(metrics.length).toBeGreaterThan(5);
  expect(metrics.filter(({ name }) => !code.includes(name))).toEqual([]);
});
