import { Badge, Group, Table, Text, UnstyledButton } from '@mantine/core';
import type { InteractionSummary } from '../../schemas/api/interactions.ts';
import { useMailsOf } from '../api/backtest.ts';
import { LoadMore } from '../shell/LoadMore.tsx';
import { RelativeTime } from '../shell/RelativeTime.tsx';
import { Resource } from '../shell/Resource.tsx';
import table from '../shell/table.module.css';
import { isSameEnding, type Results } from './results.ts';
import { useEndingWords } from './useEndingWords.ts';

interface PickedMailsProps {
  /** Names the list. */
  listKey: string;
  ids: readonly string[];
  results: Results;
  onOpen: (id: string) => void;
}

/** The mails behind a number; each opens with both its ways. */
export function PickedMails({ listKey, ids, results, onOpen }: PickedMailsProps) {
  const mails = useMailsOf(listKey, ids);
  return (
    <Resource query={mails} name="The mails" rows={4}>
      {({ pages }) => {
        const items = pages.flat();
        return (
          <>
            <Table.ScrollContainer minWidth={560} type="native">
              <Table aria-label="Mails" className={table.table} layout="fixed">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Mail</Table.Th>
                    <Table.Th w="40%">What becomes of it</Table.Th>
                    <Table.Th w={120}>Received</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((mail) => (
                    <MailRow key={mail.id} mail={mail} results={results} onOpen={() => onOpen(mail.id)} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            <LoadMore query={mails} count={items.length} noun="mail" />
          </>
        );
      }}
    </Resource>
  );
}

function MailRow({ mail, results, onOpen }: { mail: InteractionSummary; results: Results; onOpen: () => void }) {
  return (
    <Table.Tr className={table.row}>
      <Table.Td>
        <UnstyledButton className={`${table.link} ${table.line}`} display="block" w="100%" onClick={onOpen} dir="auto">
          {mail.subject || '(no subject)'}
        </UnstyledButton>
        <Text size="xs" c="var(--sluice-muted)" className={table.line}>
          <bdi>{mail.fromName || mail.from || '(no sender)'}</bdi>
          {mail.preview !== '' && (
            <>
              {' – '}
              <bdi>{mail.preview}</bdi>
            </>
          )}
        </Text>
      </Table.Td>
      <Table.Td>
        <Fate id={mail.id} results={results} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          <RelativeTime at={mail.receivedAt} />
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function Fate({ id, results }: { id: string; results: Results }) {
  const words = useEndingWords();
  for (const cell of results.cells.values()) {
    const mail = cell.mails.find((each) => each.id === id);
    if (mail === undefined) continue;
    return (
      <Group gap={6}>
        <Text size="sm">{isSameEnding(cell) ? words(cell.to) : `${words(cell.from)} → ${words(cell.to)}`}</Text>
        {mail.changed.map((change) => (
          <Badge key={change} color="gray" variant="outline">
            {change}
          </Badge>
        ))}
      </Group>
    );
  }
  return null;
}
