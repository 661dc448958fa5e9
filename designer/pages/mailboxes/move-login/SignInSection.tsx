import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { MailboxView } from '../../../../schemas/api/mailboxes.ts';
import { useAuthorisations } from '../../../api/authorisations.ts';
import { Section } from '../../settings/Section.tsx';
import { MoveLoginDialog } from './MoveLoginDialog.tsx';
import { loginOf } from './trial.ts';

interface SignInSectionProps {
  mailbox: MailboxView;
  /** The form above has edits: a switch would have it read what is stored anew. */
  isUnsaved: boolean;
}

/** How the mailbox signs in, and the way from its password to an authorisation. Nothing for one that never had a password. */
export function SignInSection({ mailbox, isUnsaved }: SignInSectionProps) {
  const [isMoving, setIsMoving] = useState(false);
  const items = useAuthorisations().data?.items ?? [];
  const login = loginOf(mailbox);
  if (login === undefined) return null;
  const { authorisation } = login;
  const name = items.find(({ id }) => id === authorisation)?.name ?? authorisation;
  return (
    <Section
      title="Sign-in"
      description="Google and Microsoft no longer take passwords from programs. Another way to sign in is tried first, and keeps the place in the mail."
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {authorisation === undefined ? (
            `${login.username} signs in by a password.`
          ) : (
            <>
              {login.username} signs in by the authorisation{' '}
              <Anchor component={Link} to={`/authorisations/${authorisation}`} size="sm">
                {name}
              </Anchor>
              .
            </>
          )}
        </Text>
        <Button
          variant="default"
          leftSection={<IconKey size={16} />}
          disabled={isUnsaved}
          onClick={() => setIsMoving(true)}
        >
          {authorisation === undefined ? 'Sign in by an authorisation instead' : 'Sign in by another authorisation'}
        </Button>
      </Group>
      {isUnsaved && (
        <Text size="xs" c="var(--sluice-muted)">
          Save what you changed above, or take it back, first.
        </Text>
      )}
      {isMoving && <MoveLoginDialog mailbox={mailbox} onClose={() => setIsMoving(false)} />}
    </Section>
  );
}
