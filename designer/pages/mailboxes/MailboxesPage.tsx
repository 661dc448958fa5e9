import { Button, Paper, SimpleGrid } from '@mantine/core';
import { IconMailbox, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { MailboxCard } from './MailboxCard.tsx';

export function MailboxesPage() {
  const mailboxes = useMailboxes();
  const maySet = useMay('settings');
  const add = maySet && (
    <Button component={Link} to="/mailboxes/new" leftSection={<IconPlus size={16} />}>
      Connect a mailbox
    </Button>
  );

  return (
    <Page
      title="Mailboxes"
      description="Where mail comes from. Each says what its server has, what Sluice has taken, and what is wrong if something is."
      actions={add}
    >
      <Resource query={mailboxes} name="The mailboxes">
        {({ items }) =>
          items.length === 0 ? (
            <Paper radius="md">
              <EmptyNote icon={IconMailbox} title="No mailbox yet" action={add}>
                Connect one by IMAP or POP3. Only mail that arrives from then on is taken; what is in it already stays
                untouched.
              </EmptyNote>
            </Paper>
          ) : (
            <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
              {items.map((mailbox) => (
                <MailboxCard key={mailbox.id} mailbox={mailbox} />
              ))}
            </SimpleGrid>
          )
        }
      </Resource>
    </Page>
  );
}
