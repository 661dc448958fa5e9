import { Alert, Button, Group, List, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AuthorisationView } from '../../../schemas/api/authorisations.ts';
import { useSaveAuthorisation } from '../../api/authorisations.ts';
import { CopyText } from '../../shell/CopyText.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { useUnsavedGuard } from '../../shell/useUnsavedGuard.ts';
import { type AuthorisationForm, bodyOf, emptyAuthorisation, formOf } from './authorisation-form.ts';
import { GrantFields } from './GrantFields.tsx';
import { type Guide, guideOf, guides } from './guides.ts';

interface AuthorisationEditorProps {
  /** The one to change; a new one is made without. */
  authorisation?: AuthorisationView;
  redirectUri: string;
  onSaved: (authorisation: AuthorisationView) => void;
}

const [firstGuide] = guides;

export function AuthorisationEditor({ authorisation, redirectUri, onSaved }: AuthorisationEditorProps) {
  const save = useSaveAuthorisation();
  const [stored, setStored] = useState(() =>
    authorisation ? formOf(authorisation) : { ...emptyAuthorisation, ...firstGuide?.fields },
  );
  const [form, setForm] = useState<AuthorisationForm>(stored);
  const guide = guideOf(form);
  const saved = save.data;
  useUnsavedGuard(JSON.stringify(form) !== JSON.stringify(stored));

  const latest = useRef(onSaved);
  latest.current = onSaved;
  useEffect(() => {
    // Only once nothing is unsaved any more: leaving would ask otherwise.
    if (saved !== undefined) latest.current(saved);
  }, [saved]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id: authorisation?.id, body: bodyOf(form) },
      {
        onSuccess: (view) => {
          const next = formOf(view);
          setStored(next);
          setForm(next);
          notifyDone('Saved');
        },
      },
    );
  };
  const change = (part: Partial<AuthorisationForm>) => setForm((before) => ({ ...before, ...part }));
  const choose = (id: string | null) => {
    const chosen = guides.find((each) => each.id === id);
    if (chosen) change(chosen.fields);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Paper p="md" radius="md">
          <Stack gap="md">
            {!authorisation && (
              <Select
                label="How"
                description={guide.hint}
                allowDeselect={false}
                data={guides.map(({ id, label }) => ({ value: id, label }))}
                value={guide.id}
                onChange={choose}
              />
            )}
            <TextInput
              label="Name"
              description="What you call it in lists"
              required
              maxLength={100}
              value={form.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <GuideNote
              guide={guide}
              redirectUri={form.redirectUri || redirectUri}
              needsRedirect={form.type === 'authorization-code'}
            />
            <GrantFields form={form} onChange={change} stored={authorisation?.grant.stored ?? []} />
          </Stack>
        </Paper>
        {save.error && <ErrorNote error={save.error} title="Not saved" />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={authorisation !== undefined && form === stored}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What to do at the provider, in order, and what to copy there. */
function GuideNote({
  guide,
  redirectUri,
  needsRedirect,
}: {
  guide: Guide;
  redirectUri: string;
  needsRedirect: boolean;
}) {
  return (
    <Stack gap="xs" component="section" aria-label={`Guide: ${guide.label}`}>
      <List type="ordered" size="sm" spacing={4}>
        {guide.steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      {needsRedirect && (
        <Group gap={6}>
          <Text size="sm">Redirect address:</Text>
          <CopyText text={redirectUri} name="the redirect address" />
        </Group>
      )}
      {guide.caution && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} p="xs">
          {guide.caution}
        </Alert>
      )}
    </Stack>
  );
}
