import { Button, Paper } from '@mantine/core';
import { IconMail, IconMailSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { InteractionState } from '../../../schemas/interaction.ts';
import { type InteractionFilter, useInteractions } from '../../api/interactions.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { LookingOn } from '../../shell/LookingOn.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { InteractionFilters } from './InteractionFilters.tsx';
import { InteractionTable } from './InteractionTable.tsx';

/** Every mail that is or was being handled. The filter lives in the address, so that it can be linked and survives going back. */
export function InteractionsPage() {
  const [parameters, setParameters] = useSearchParams();
  const filter = readFilter(parameters);
  const interactions = useInteractions(filter);
  const isFiltered = Object.keys(filter).length > 0;
  const [search, setSearch] = useState(filter.search ?? '');
  const showAll = () => {
    setSearch('');
    setParameters({}, { replace: true });
  };

  return (
    <Page title="Interactions" description="Every mail that came in: where it went, and why.">
      <InteractionFilters
        filter={filter}
        search={search}
        onSearch={setSearch}
        onChange={(next) => setParameters(withoutEmpty(next), { replace: true, preventScrollReset: true })}
      />
      <Resource query={interactions} name="The interactions" rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0 && interactions.hasNextPage) {
            return (
              <Paper radius="md">
                <LookingOn query={interactions} noun="mails" />
              </Paper>
            );
          }
          if (items.length === 0) {
            return <Paper radius="md">{isFiltered ? <NothingFound onShowAll={showAll} /> : <NothingYet />}</Paper>;
          }
          return (
            <Paper radius="md">
              <InteractionTable interactions={items} />
              <LoadMore query={interactions} count={items.length} noun="interaction" />
            </Paper>
          );
        }}
      </Resource>
    </Page>
  );
}

function NothingFound({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyNote
      icon={IconMailSearch}
      title="No mail matches"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all
        </Button>
      }
    >
      The search looks at subjects and senders. Take a filter away to see more.
    </EmptyNote>
  );
}

function NothingYet() {
  return (
    <EmptyNote
      icon={IconMail}
      title="No mail yet"
      action={
        <Button variant="default" component={Link} to="/">
          How to send one
        </Button>
      }
    >
      Each mail that arrives is shown here at once, with the flow that ran and the queue that it chose.
    </EmptyNote>
  );
}

function readFilter(parameters: URLSearchParams): InteractionFilter {
  return withoutEmpty({
    // An unknown state in a hand-typed address is the server's to refuse, with a message.
    state: (parameters.get('state') ?? undefined) as InteractionState | undefined,
    queue: parameters.get('queue') ?? undefined,
    mailbox: parameters.get('mailbox') ?? undefined,
    search: parameters.get('search') ?? undefined,
  });
}

function withoutEmpty<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  // Object.fromEntries forgets the names of the keys.
  return Object.fromEntries(filled) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
