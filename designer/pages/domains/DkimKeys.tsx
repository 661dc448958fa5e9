import { ActionIcon, Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import type { DomainView } from '../../../schemas/api/domains.ts';
import { useAddDkimKey, useDeleteDkimKey } from '../../api/domains.ts';
import { useMay } from '../../api/session.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import table from '../../shell/table.module.css';
import { Section } from '../settings/Section.tsx';

/** The keys that mail is signed with; private keys are never shown. */
export function DkimKeys({ domain }: { domain: DomainView }) {
  const add = useAddDkimKey();
  const remove = useDeleteDkimKey();
  const maySet = useMay('settings');
  const askToDelete = (selector: string, signs: boolean) =>
    confirm({
      title: `Delete the key ${selector}?`,
      text: signs
        ? 'Mail of the domain is signed with it now. Without another key whose record was seen, nobody can verify what is sent.'
        : 'It does not sign any more. Leave its DNS record for some days: mails that are under way need it.',
      yes: 'Delete the key',
      onYes: () => remove.mutate({ id: domain.id, selector }, { onError: (error) => notifyError(error) }),
    });
  return (
    <Section
      title="Signing keys (DKIM)"
      description="To change the key, make a new one and publish its record. It signs as soon as a check sees it; delete the old one some days later."
    >
      <Stack gap="sm" align="flex-start">
        {domain.dkim.length === 0 ? (
          <Text size="sm">What is sent from this domain is not signed.</Text>
        ) : (
          <Table aria-label="Signing keys" className={table.table}>
            <Table.Tbody>
              {domain.dkim.map(({ selector, createdAt, seenAt, signs }) => (
                <Table.Tr key={selector}>
                  <Table.Td>{selector}</Table.Td>
                  <Table.Td>
                    <Group gap={6}>
                      {signs && <Badge color="green">signs</Badge>}
                      {seenAt === null && <Badge color="orange">record not seen yet</Badge>}
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    made <RelativeTime at={createdAt} />
                  </Table.Td>
                  <Table.Td w={40}>
                    {maySet && (
                      <ActionIcon
                        size="sm"
                        color="red"
                        aria-label={`Delete the key ${selector}`}
                        onClick={() => askToDelete(selector, signs)}
                      >
                        <IconTrash size={15} />
                      </ActionIcon>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {maySet && (
          <Button
            variant="default"
            leftSection={<IconKey size={16} />}
            loading={add.isPending}
            onClick={() =>
              add.mutate(domain.id, {
                onSuccess: () => notifyDone('Made. Publish its record, then check.'),
                onError: (error) => notifyError(error),
              })
            }
          >
            Make a new key
          </Button>
        )}
      </Stack>
    </Section>
  );
}
