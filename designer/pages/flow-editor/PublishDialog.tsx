import { Alert, Badge, Button, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconExclamationCircle, IconRocket } from '@tabler/icons-react';
import { use, useState } from 'react';
import { useStore } from 'zustand';
import { hasErrors, type Issue } from '../../../schemas/issue.ts';
import { findSheet, mainSheet } from '../../../schemas/sheet.ts';
import { useFlowVersion, usePublishFlow } from '../../api/flows.ts';
import { IssuesContext } from '../../problems/IssuesContext.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { compareFlows, type FlowChanges } from '../../state/compare-flows.ts';
import { useEditor } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';

/** Shows exactly what goes live, and what stands in the way. */
export function PublishDialog({ autosave, onClose }: { autosave: Autosave; onClose: () => void }) {
  const flow = useEditor((state) => state.history.flow);
  const { issues, isCurrent } = use(IssuesContext);
  const baseVersion = useStore(autosave.state, (state) => state.baseVersion);
  const published = useFlowVersion(baseVersion === null ? null : flow.id, baseVersion);
  const publish = usePublishFlow(flow.id);
  const [message, setMessage] = useState('');
  const isBlocked = hasErrors(issues);
  const changes = published.data === undefined ? null : compareFlows(published.data.document, flow);
  const warnings = issues.filter(({ severity }) => severity === 'warning');

  const submit = async () => {
    await autosave.flush();
    publish.mutate(
      { message: message.trim(), document: flow, baseVersion },
      {
        onSuccess: ({ version, commit }) => {
          autosave.published(version);
          notifyDone(`Version ${version} is live${commit === null ? '' : `, committed as ${commit.slice(0, 8)}`}.`);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Publish “${flow.name}”`} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          {isBlocked && (
            <IssueList
              color="red"
              title="These problems stand in the way"
              issues={issues.filter(({ severity }) => severity === 'error')}
            />
          )}
          {warnings.length > 0 && <IssueList color="yellow" title="Look at these first" issues={warnings} />}
          {baseVersion === null ? (
            <Text size="sm">This is the first version: {Object.keys(flow.actions).length} actions.</Text>
          ) : changes === null ? (
            <Text size="sm" c="var(--sluice-muted)">
              Comparing with version {baseVersion}…
            </Text>
          ) : (
            <Changes changes={changes} version={baseVersion} />
          )}
          <Textarea
            label="What changes for people"
            description="Kept with the version, and as the message of the commit"
            value={message}
            onChange={({ currentTarget }) => setMessage(currentTarget.value)}
            maxLength={2_000}
            autosize
            minRows={2}
            withAsterisk
            data-autofocus
          />
          {publish.error !== null && <ErrorNote error={publish.error} title="It was not published" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              leftSection={<IconRocket size={15} />}
              disabled={isBlocked || !isCurrent || message.trim() === ''}
              loading={publish.isPending}
            >
              Publish
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** More would push the dialog's buttons out of sight. */
const maxListed = 4;

function IssueList({ color, title, issues }: { color: string; title: string; issues: readonly Issue[] }) {
  const flow = useEditor((state) => state.history.flow);
  const Icon = color === 'red' ? IconExclamationCircle : IconAlertTriangle;
  return (
    <Alert color={color} title={title} icon={<Icon size={18} />}>
      <List size="sm" spacing={4}>
        {issues.slice(0, maxListed).map((issue) => (
          <List.Item key={`${issue.path} ${issue.code} ${issue.message}`}>
            {issue.action !== undefined && (
              <b>{findSheet(flow, issue.task ?? mainSheet)?.actions[issue.action]?.name ?? issue.action}: </b>
            )}
            {issue.message}
          </List.Item>
        ))}
      </List>
      {issues.length > maxListed && <Text size="xs">and {issues.length - maxListed} more in the problems panel</Text>}
    </Alert>
  );
}

function Changes({ changes, version }: { changes: FlowChanges; version: number }) {
  const rows = [
    { label: 'added', colour: 'green', names: changes.added.map(({ name }) => name) },
    { label: 'changed', colour: 'water', names: changes.changed.map(({ name }) => name) },
    { label: 'removed', colour: 'red', names: changes.removed.map(({ name }) => name) },
    { label: 'flow', colour: 'gray', names: changes.settings },
  ].filter(({ names }) => names.length > 0);
  if (rows.length === 0) {
    return (
      <Text size="sm" c="var(--sluice-muted)">
        {changes.isLayoutOnly
          ? `Only places of cards differ from version ${version}.`
          : `Nothing differs from version ${version}.`}
      </Text>
    );
  }
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        Against version {version}
      </Text>
      {rows.map(({ label, colour, names }) => (
        <Group key={label} gap={8} wrap="nowrap" align="flex-start">
          <Badge color={colour} miw={64}>
            {label}
          </Badge>
          <Text size="sm">{names.join(', ')}</Text>
        </Group>
      ))}
    </Stack>
  );
}
