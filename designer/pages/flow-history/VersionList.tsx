import { ActionIcon, Badge, Menu, ScrollArea, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconDots, IconEye, IconGitCommit, IconLink, IconRestore, IconVersions } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import type { HistoryEntry } from '../../../schemas/api/flows.ts';
import { useMay } from '../../api/session.ts';
import { copyLink } from '../../shell/copy-link.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import classes from './FlowHistoryPage.module.css';

interface VersionListProps {
  id: string;
  entries: readonly HistoryEntry[];
  from: number | null;
  to: number;
  onCompare: (from: number | null, to: number) => void;
}

/** What happened to the flow, the newest first. A version compares with the one before it; its menu compares with any other. */
export function VersionList({ id, entries, from, to, onCompare }: VersionListProps) {
  const newest = entries.find(({ version }) => version !== null)?.version ?? null;
  const earlier = (version: number) =>
    entries.find((entry) => entry.version !== null && entry.version < version)?.version ?? null;
  return (
    <ScrollArea className={classes.list} type="auto" scrollbars="y">
      <ol className={classes.entries} aria-label="Versions" onKeyDown={moveFocus}>
        {entries.map((entry) => (
          <li
            key={`${entry.version} ${entry.commit}`}
            className={classes.entry}
            data-shown={entry.version === to || undefined}
          >
            {entry.version === null ? (
              <div className={classes.what}>
                <EntryWords entry={entry} isNewest={false} says={null} />
              </div>
            ) : (
              <>
                <UnstyledButton
                  className={classes.what}
                  aria-current={entry.version === to || undefined}
                  onClick={() => onCompare(earlier(entry.version ?? 0), entry.version ?? 0)}
                >
                  <EntryWords
                    entry={entry}
                    isNewest={entry.version === newest}
                    says={entry.version === to ? 'shown' : entry.version === from ? 'compared with' : null}
                  />
                </UnstyledButton>
                <EntryMenu id={id} version={entry.version} to={to} newest={newest} onCompare={onCompare} />
              </>
            )}
          </li>
        ))}
      </ol>
    </ScrollArea>
  );
}

interface EntryWordsProps {
  entry: HistoryEntry;
  isNewest: boolean;
  /** What part it plays in the comparison. */
  says: string | null;
}

function EntryWords({ entry: { version, author, message, at, commit, hash }, isNewest, says }: EntryWordsProps) {
  const [subject = '', ...more] = message.split('\n');
  return (
    <>
      <span className={classes.line}>
        <b>{version === null ? 'Commit' : `Version ${version}`}</b>
        {isNewest && <Badge color="green">live</Badge>}
        {says !== null && <Badge color="blue">{says}</Badge>}
      </span>
      <Text component="span" size="sm" lineClamp={2} title={more.join('\n').trim() || undefined}>
        <bdi>{subject}</bdi>
      </Text>
      <Text component="span" size="xs" c="var(--sluice-muted)">
        <bdi>{author}</bdi>, <RelativeTime at={at} />
      </Text>
      <Text component="span" size="xs" c="var(--sluice-muted)" className={classes.line}>
        {commit !== null && (
          <Tooltip label={`Commit ${commit}`}>
            <span className={classes.hash}>
              <IconGitCommit size={13} aria-hidden /> {commit.slice(0, 8)}
            </span>
          </Tooltip>
        )}
        {hash !== null && (
          <Tooltip label={`SHA-256 of the document: ${hash}`}>
            <span className={classes.hash}># {hash.slice(0, 8)}</span>
          </Tooltip>
        )}
        {version === null && 'from before this server knew the flow'}
      </Text>
    </>
  );
}

interface EntryMenuProps {
  id: string;
  version: number;
  to: number;
  newest: number | null;
  onCompare: (from: number | null, to: number) => void;
}

function EntryMenu({ id, version, to, newest, onCompare }: EntryMenuProps) {
  const mayDraw = useMay('draw');
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <ActionIcon className={classes.menu} aria-label={`More of version ${version}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconEye size={15} />} onClick={() => navigate(`/flows/${id}?version=${version}`)}>
          Look at it
        </Menu.Item>
        {version !== to && (
          <Menu.Item
            leftSection={<IconVersions size={15} />}
            onClick={() => onCompare(Math.min(version, to), Math.max(version, to))}
          >
            Compare with version {to}
          </Menu.Item>
        )}
        {newest !== null && version !== newest && newest !== to && (
          <Menu.Item leftSection={<IconVersions size={15} />} onClick={() => onCompare(version, newest)}>
            Compare with what is live
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLink size={15} />}
          onClick={() => void copyLink(`/flows/${id}?version=${version}`)}
        >
          Copy a link to it
        </Menu.Item>
        {mayDraw && (
          <Menu.Item
            leftSection={<IconRestore size={15} />}
            onClick={() => navigate(`/flows/${id}?restore=${version}`)}
          >
            Restore it as a draft
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Arrow keys go from version to version. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>(`button.${classes.what}`)];
  const index = buttons.indexOf(event.target);
  const next = buttons[index + step];
  if (index < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
