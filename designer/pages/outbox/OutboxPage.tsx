import { Alert, Anchor, Button, Group, Paper, SegmentedControl } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import {
  IconClockExclamation,
  IconMailForward,
  IconMailSearch,
  IconRestore,
  IconShieldCheck,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { OutboxCounts } from '../../../schemas/api/outbox.ts';
import { type OutboxState, outboxStates as states } from '../../../schemas/interaction.ts';
import { useOutbox, useOutboxCounts } from '../../api/outbox.ts';
import { useSystem } from '../../api/system.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { formatCount, formatMoment } from '../../shell/format.ts';
import { ListSearch } from '../../shell/ListSearch.tsx';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { LookingOn } from '../../shell/LookingOn.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { OutboxDrawer } from './OutboxDrawer.tsx';
import { OutboxTable } from './OutboxTable.tsx';

/** Long enough for the letters of a word. */
const patienceMs = 250;

/** What Sluice answers by itself, sent or not. */
export function OutboxPage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const state = states.find((each) => each === parameters.get('state'));
  const searched = parameters.get('search') ?? '';
  const [text, setText] = useState(searched);
  const outbox = useOutbox({ ...(state && { state }), ...(searched && { search: searched }) });
  const counts = useOutboxCounts().data;
  const { outbound, restoredAt } = useSystem().data ?? {};
  const isCapturing = outbound === 'capture';
  const uncertain = counts?.counts.uncertain ?? 0;
  const query = parameters.size > 0 ? `?${parameters}` : '';
  const show = (next: { state: string; search: string }) =>
    setParameters(
      Object.entries(next).filter(([, value]) => value !== ''),
      { replace: true },
    );
  const search = useDebouncedCallback((next: string) => show({ state: state ?? '', search: next.trim() }), patienceMs);
  const showAll = () => {
    setText('');
    show({ state: '', search: '' });
  };

  return (
    <Page
      title="Outbox"
      description="Every answer, of a flow or a person, and what the send guard or the receiving server said to it."
    >
      {isCapturing && (
        <Alert color="water" icon={<IconShieldCheck size={18} />}>
          Captured mails are shown here and never sent. An administrator can add an outbound mailbox under Mailboxes.
        </Alert>
      )}
      {restoredAt && uncertain > 0 && (
        <Alert color="orange" icon={<IconRestore size={18} />}>
          This data was restored from a backup on {formatMoment(restoredAt)}. Answers to mails from before may have been
          sent already, so none of them leaves by itself.{' '}
          <Anchor component={Link} to="/outbox?state=uncertain" size="sm" onClick={() => setText('')}>
            {uncertain === 1
              ? 'Decide about 1 uncertain mail'
              : `Decide about ${formatCount(uncertain)} uncertain mails`}
          </Anchor>
        </Alert>
      )}
      {counts !== undefined && counts.delayed > 0 && (
        <Alert color="red" icon={<IconClockExclamation size={18} />}>
          {formatCount(counts.delayed)} {counts.delayed === 1 ? 'mail waits' : 'mails wait'} for more than 2 days. After
          4 days they are given up.{' '}
          <Anchor component={Link} to="/mailboxes?show=outbound" size="sm">
            See what keeps them
          </Anchor>
        </Alert>
      )}
      <Group gap="sm">
        <ListSearch
          label="Search subject and recipient"
          placeholder="Subject or recipient"
          w={{ base: '100%', xs: 260 }}
          value={text}
          onChange={(next) => {
            setText(next);
            search(next);
          }}
        />
        <SegmentedControl
          aria-label="State"
          size="xs"
          w="fit-content"
          maw="100%"
          style={{ overflowX: 'auto' }}
          data={[{ value: '', label: 'all' }, ...states.map((value) => ({ value, label: labelOf(value, counts) }))]}
          value={state ?? ''}
          onChange={(value) => show({ state: value, search: searched })}
        />
      </Group>
      <Resource query={outbox} name="The outbox" rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length > 0) {
            return (
              <Paper radius="md">
                <OutboxTable items={items} query={query} />
                <LoadMore query={outbox} count={items.length} noun="mail" />
              </Paper>
            );
          }
          return (
            <Paper radius="md">
              {outbox.hasNextPage ? (
                <LookingOn query={outbox} noun="mails" />
              ) : searched ? (
                <NothingFound onShowAll={showAll} />
              ) : (
                <EmptyNote icon={IconMailForward} title={state ? `Nothing is ${state}` : 'Nothing was answered yet'}>
                  A flow's Auto-response puts a mail here. The send guard withholds what could start a mail loop, and
                  says why.
                </EmptyNote>
              )}
            </Paper>
          );
        }}
      </Resource>
      <OutboxDrawer id={id ?? null} onClose={() => navigate(`/outbox${query}`)} />
    </Page>
  );
}

/** Where somebody may have to do something, the number says how often. */
function labelOf(state: OutboxState, counts: OutboxCounts | undefined): string {
  const mails = counts?.counts[state] ?? 0;
  const matters = state === 'waiting' || state === 'failed' || state === 'bounced' || state === 'uncertain';
  return matters && mails > 0 ? `${state} ${formatCount(mails)}` : state;
}

function NothingFound({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyNote
      icon={IconMailSearch}
      title="No answer matches"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all
        </Button>
      }
    >
      The search looks at subjects and recipients. Search for less, or in all states.
    </EmptyNote>
  );
}
