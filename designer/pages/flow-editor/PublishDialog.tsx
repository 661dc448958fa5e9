import { Button, Group, Loader, Stack, Text, Textarea } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { IconRocket } from '@tabler/icons-react';
import { type FormEvent, use } from 'react';
import { useStore } from 'zustand';
import { hasErrors } from '../../../schemas/issue.ts';
import { ApiError } from '../../api/client.ts';
import { useFlowVersion, usePublishFlow } from '../../api/flows.ts';
import { CasesGate } from '../../cases/CasesGate.tsx';
import { usePublishCases } from '../../cases/usePublishCases.ts';
import { useCommandContext } from '../../commands/useCommands.ts';
import { CompareView } from '../../compare/CompareView.tsx';
import { IssuesContext } from '../../problems/IssuesContext.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { notifyRefused } from '../../shell/notify-refused.ts';
import { useEditor } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import classes from './PublishDialog.module.css';
import { PublishIssues } from './PublishIssues.tsx';

interface PublishDialogProps {
  autosave: Autosave;
  onClose: () => void;
}

/** Shows exactly what goes live, and what stands in the way. */
export function PublishDialog({ autosave, onClose }: PublishDialogProps) {
  const flow = useEditor((state) => state.history.flow);
  const baseVersion = useStore(autosave.state, (state) => state.baseVersion);
  const published = useFlowVersion(baseVersion === null ? null : flow.id, baseVersion);
  const before = baseVersion === null ? null : published.data?.document;
  return (
    <Dialog
      onClose={onClose}
      title={`Publish “${flow.name}”`}
      size="min(1240px, 96vw)"
      classNames={{ body: classes.body, content: classes.content }}
    >
      <div className={classes.compare}>
        {published.error !== null ? (
          <ErrorNote
            error={published.error}
            title="What is published could not be loaded"
            onRetry={published.refetch}
          />
        ) : before === undefined ? (
          <Loader m="auto" role="progressbar" aria-label="Loading what is published" />
        ) : (
          <CompareView
            label={`What changes in ${flow.name}`}
            before={before}
            after={flow}
            head={
              <>
                <PublishIssues />
                <Text className={classes.against}>
                  {baseVersion === null
                    ? 'The first version: everything is new'
                    : `What changes against version ${baseVersion}`}
                </Text>
              </>
            }
          />
        )}
      </div>
      <PublishForm autosave={autosave} isShown={before !== undefined} onClose={onClose} />
    </Dialog>
  );
}

/** The message outlives the dialog, a failure and a merge in between; it is gone once it was published. */
function PublishForm({ autosave, isShown, onClose }: PublishDialogProps & { isShown: boolean }) {
  const flow = useEditor((state) => state.history.flow);
  const { workbench } = useCommandContext();
  const { issues } = use(IssuesContext);
  const isCurrent = useStore(useCommandContext().problems, (state) => state.isCurrent);
  const baseVersion = useStore(autosave.state, (state) => state.baseVersion);
  const publish = usePublishFlow(flow.id);
  const cases = usePublishCases(flow.id);
  const [message, setMessage, forgetMessage] = useSessionStorage({
    key: `sluice:publish-message:${flow.id}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await autosave.flush();
    const { revision } = autosave.state.getState();
    publish.mutate(
      { message: message.trim(), document: flow, baseVersion, revision, ...cases.body },
      {
        onSuccess: ({ version, commit }) => {
          autosave.published(version, flow);
          forgetMessage();
          notifyDone(`Version ${version} is live${commit === null ? '' : `, committed as ${commit.slice(0, 8)}`}.`);
          onClose();
        },
        onError: (error) => {
          if (!(error instanceof ApiError) || error.code !== 'published-over') return;
          notifyRefused(`${error.message} Your message is kept.`);
          workbench.getState().open('merge-to-publish');
        },
      },
    );
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <CasesGate cases={cases} />
        {publish.error !== null && <ErrorNote error={publish.error} title="It was not published" />}
        <Group align="flex-end" gap="sm" wrap="nowrap">
          <Textarea
            flex={1}
            label="What changes for people"
            placeholder="Kept with the version, and as the message of the commit"
            value={message}
            onChange={({ currentTarget }) => setMessage(currentTarget.value)}
            maxLength={2_000}
            autosize
            minRows={1}
            maxRows={5}
            withAsterisk
            data-autofocus
          />
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            leftSection={<IconRocket size={15} />}
            disabled={!isShown || hasErrors(issues) || !isCurrent || cases.isBlocking || message.trim() === ''}
            loading={publish.isPending}
          >
            Publish
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
