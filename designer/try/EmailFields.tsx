import { Code, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Fragment, useMemo, useState } from 'react';
import type { Email } from '../../schemas/email.ts';
import { VerdictList } from '../pages/interactions/VerdictPanel.tsx';
import { emailFields } from './email-fields.ts';
import classes from './TryPanel.module.css';

/** The mail as conditions and templates see it, with what Sluice takes it for and why. */
export function EmailFields({ email }: { email: Email }) {
  const [search, setSearch] = useState('');
  const fields = useMemo(() => emailFields(email), [email]);
  const wanted = search.trim().toLowerCase();
  const found = fields.filter(({ path, value }) => `${path} ${value}`.toLowerCase().includes(wanted));
  return (
    <Stack gap="sm">
      <VerdictList email={email} />
      <TextInput
        size="xs"
        label="Find a field or a value"
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <div>
        <Table aria-label="The mail as the flow sees it" horizontalSpacing={4} verticalSpacing={4}>
          <Table.Tbody>
            {found.map(({ path, value }) => (
              <Table.Tr key={path}>
                <Table.Th className={classes.path}>
                  <Code fz={11}>
                    {path.split('.').map((part, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the path
                      <Fragment key={at}>
                        {at > 0 && (
                          <>
                            .<wbr />
                          </>
                        )}
                        {part}
                      </Fragment>
                    ))}
                  </Code>
                </Table.Th>
                <Table.Td className={classes.value}>
                  <bdi>{value}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {found.length === 0 && (
          <Text size="sm" c="var(--sluice-muted)" py="xs">
            No field has this in its name or value.
          </Text>
        )}
      </div>
    </Stack>
  );
}
