import { Alert, Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { MailboxView, MovedLogin, VerifyReportView } from '../../../../schemas/api/mailboxes.ts';
import { useMoveLogin, useVerifyUnsavedMailbox } from '../../../api/mailboxes.ts';
import { Dialog } from '../../../shell/Dialog.tsx';
import { ErrorNote } from '../../../shell/ErrorNote.tsx';
import { AuthorisationSelect } from '../../authorisations/AuthorisationSelect.tsx';
import { VerifyReport } from '../VerifyReport.tsx';
import { loginOf, trialOf } from './trial.ts';

interface MoveLoginDialogProps {
  mailbox: MailboxView;
  onClose: () => void;
}

/** First a trial, on a test mailbox if there is one, then the switch: nothing of the mailbox changes until the trial went well. */
export function MoveLoginDialog({ mailbox, onClose }: MoveLoginDialogProps) {
  const trial = useVerifyUnsavedMailbox();
  const move = useMoveLogin();
  const [authorisation, setAuthorisation] = useState('');
  const [testMailbox, setTestMailbox] = useState('');
  const login = loginOf(mailbox);
  const isBusy = trial.isPending || move.isPending;
  const isDone = move.data?.moved === true;
  const mayMove = trial.data?.ok === true && !isDone;
  /** What was tried is no longer what stands in the fields. */
  const forget = () => {
    trial.reset();
    move.reset();
  };
  const start = () => {
    move.reset();
    trial.mutate({ id: mailbox.id, change: trialOf(mailbox, authorisation, testMailbox.trim()) });
  };

  return (
    <Dialog
      onClose={onClose}
      title={`Sign in by an authorisation: ${mailbox.name}`}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!move.isPending}
      withCloseButton={!move.isPending}
    >
      <Stack gap="md">
        <Text size="sm">
          The mailbox keeps its place: no mail is taken twice or left out. If its first look by the authorisation fails,
          it signs in as it does now again.
        </Text>
        {!isDone && (
          <>
            <AuthorisationSelect
              value={authorisation}
              onChange={(id) => {
                forget();
                setAuthorisation(id);
              }}
            />
            <TextInput
              label="Test mailbox"
              description="Another mailbox on the same server to try it on. Left empty, the trial is on this mailbox and changes nothing"
              placeholder={login?.username}
              autoComplete="off"
              disabled={isBusy}
              value={testMailbox}
              onChange={(event) => {
                forget();
                setTestMailbox(event.currentTarget.value);
              }}
            />
          </>
        )}
        {!isDone && <VerifyReport verify={{ ...trial, data: withoutFolders(trial.data) }} />}
        {move.isPending && (
          <Group gap={8} role="status" wrap="nowrap">
            <Loader size="xs" />
            <Text size="sm">
              Trying {login?.username}, switching, and waiting for the first look at the server. This takes up to a
              minute.
            </Text>
          </Group>
        )}
        {move.error && <ErrorNote error={move.error} title="Nothing was changed" />}
        {move.data && <Outcome outcome={move.data} />}
        <Group justify="flex-end" gap="xs">
          {isDone ? (
            <Button onClick={onClose}>Done</Button>
          ) : (
            <>
              <Button variant="default" disabled={move.isPending} onClick={onClose}>
                Cancel
              </Button>
              <Button
                variant={mayMove ? 'default' : 'filled'}
                leftSection={<IconPlugConnected size={16} />}
                disabled={authorisation === '' || move.isPending}
                loading={trial.isPending}
                onClick={start}
              >
                {trial.data ? 'Try again' : 'Try it'}
              </Button>
              {mayMove && (
                <Button loading={move.isPending} onClick={() => move.mutate({ id: mailbox.id, authorisation })}>
                  Switch
                </Button>
              )}
            </>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Outcome({ outcome: { moved, message, report } }: { outcome: MovedLogin }) {
  return (
    <>
      <Alert
        color={moved ? 'green' : 'orange'}
        icon={moved ? <IconCircleCheck size={18} /> : <IconAlertTriangle size={18} />}
        title={moved ? 'Switched' : 'Not switched'}
        role={moved ? 'status' : 'alert'}
      >
        {message}
      </Alert>
      {!report.ok && <VerifyReport verify={{ isPending: false, error: null, data: withoutFolders(report) }} />}
    </>
  );
}

/** Which folders there are matters where some are chosen. */
function withoutFolders(report: VerifyReportView | undefined): VerifyReportView | undefined {
  return report && { ok: report.ok, steps: report.steps };
}
