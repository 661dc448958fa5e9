import { Button, Group, Paper, SegmentedControl } from '@mantine/core';
import { IconMailbox, IconMailUp, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useOutboundMailboxes } from '../../api/outbound-mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ListSearch } from '../../shell/ListSearch.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { InboundRow } from './InboundRow.tsx';
import { OutboundRow } from './OutboundRow.tsx';
import { senderForms } from './senders/index.ts';
import { sourceFormOf } from './sources/index.ts';

const directions = ['inbound', 'outbound'] as const;

/** Where mail comes from and where it leaves. */
export function MailboxesPage() {
  const inbound = useMailboxes();
  const outbound = useOutboundMailboxes();
  const maySet = useMay('settings');
  const [parameters, setParameters] = useSearchParams();
  const show = directions.find((each) => each === parameters.get('show'));
  const search = parameters.get('search') ?? '';
  const set = (name: 'show' | 'search', value: string) =>
    setParameters(
      (before) => {
        if (value === '') before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );

  return (
    <Page
      title="Mailboxes"
      description="Where mail comes from and where answers leave. Each says what it is doing, and what is wrong if something is."
      actions={maySet && <AddButtons />}
    >
      <Group gap="sm">
        <ListSearch
          label="Search mailboxes"
          placeholder="Name, address or server"
          w={280}
          value={search}
          onChange={(text) => set('search', text)}
        />
        <SegmentedControl
          aria-label="Which mailboxes"
          size="xs"
          data={[{ value: '', label: 'all' }, ...directions]}
          value={show ?? ''}
          onChange={(value) => set('show', value)}
        />
      </Group>
      <Resource query={inbound} name="The mailboxes">
        {({ items: sources }) => (
          <Resource query={outbound} name="The outbound mailboxes">
            {({ items: ways }) => {
              const found = (...texts: (string | undefined)[]) =>
                texts.join(' ').toLowerCase().includes(search.trim().toLowerCase());
              const shownSources = sources.filter(
                (mailbox) =>
                  show !== 'outbound' &&
                  found(mailbox.name, mailbox.address, mailbox.description, sourceFormOf(mailbox)?.whereOf(mailbox)),
              );
              const shownWays = ways.filter(
                (mailbox) =>
                  show !== 'inbound' &&
                  found(mailbox.name, mailbox.from, mailbox.description, senderForms[mailbox.type].whereOf(mailbox)),
              );
              if (shownSources.length + shownWays.length === 0) {
                return <Nothing isSearch={search.trim() !== ''} show={show} maySet={maySet} />;
              }
              return (
                <Paper radius="md" style={{ overflow: 'hidden' }}>
                  {shownSources.map((mailbox) => (
                    <InboundRow key={`in-${mailbox.id}`} mailbox={mailbox} />
                  ))}
                  {shownWays.map((mailbox) => (
                    <OutboundRow key={`out-${mailbox.id}`} mailbox={mailbox} isLast={ways.length === 1} />
                  ))}
                </Paper>
              );
            }}
          </Resource>
        )}
      </Resource>
    </Page>
  );
}

function AddButtons() {
  return (
    <Group gap={8}>
      <Button component={Link} to="/mailboxes/new" leftSection={<IconPlus size={16} />}>
        Connect a mailbox
      </Button>
      <Button component={Link} to="/mailboxes/outbound/new" variant="default" leftSection={<IconMailUp size={16} />}>
        Add an outbound mailbox
      </Button>
    </Group>
  );
}

interface NothingProps {
  isSearch: boolean;
  show: (typeof directions)[number] | undefined;
  maySet: boolean;
}

/** Why the list is empty, and what to do to fill it. */
function Nothing({ isSearch, show, maySet }: NothingProps) {
  if (isSearch) {
    return (
      <Paper radius="md">
        <EmptyNote icon={IconSearch} title="No mailbox is like that">
          Names, addresses, descriptions and servers are searched.
          {show !== undefined && ' Perhaps it is of the other direction.'}
        </EmptyNote>
      </Paper>
    );
  }
  const isOutbound = show === 'outbound';
  const action = maySet && (
    <Button component={Link} to={isOutbound ? '/mailboxes/outbound/new' : '/mailboxes/new'}>
      {isOutbound ? 'Add an outbound mailbox' : 'Connect a mailbox'}
    </Button>
  );
  return (
    <Paper radius="md">
      <EmptyNote
        icon={isOutbound ? IconMailUp : IconMailbox}
        title={isOutbound ? 'Mail is captured' : 'No mailbox yet'}
        action={action}
      >
        {isOutbound
          ? 'Nothing leaves this machine: answers are shown in the outbox and never sent, until there is an outbound mailbox.'
          : 'Connect one by the protocol that its provider offers. Only mail that arrives from then on is taken; what is in it already stays untouched.'}
      </EmptyNote>
    </Paper>
  );
}
