import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import type { RouteView } from '../../../schemas/api/routes.ts';
import { useChangeRoute, useCreateRoute } from '../../api/routes.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { usePageForm } from '../../shell/form/usePageForm.ts';
import { notifyDone } from '../../shell/notify.ts';
import { Section } from '../settings/Section.tsx';
import { AnswerFields } from './AnswerFields.tsx';
import { OriginFields } from './OriginFields.tsx';
import { bodyOf, changeOf, emptyRoute, formOf } from './route-form.ts';
import { TargetFields } from './TargetFields.tsx';

interface RouteEditorProps {
  /** The route to change; a new one without. */
  route?: RouteView;
  onSaved: () => void;
  onCancel: () => void;
}

export function RouteEditor({ route, onSaved, onCancel }: RouteEditorProps) {
  const create = useCreateRoute();
  const change = useChangeRoute();
  const { value: form, change: onChange } = usePageForm({
    start: () => (route ? formOf(route) : emptyRoute),
    saved: create.data ?? change.data,
    onSaved,
  });
  const error = create.error ?? change.error;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => notifyDone(route ? 'Saved; it holds from the next mail on' : 'Added');
    if (route) change.mutate({ id: route.id, change: changeOf(form) }, { onSuccess });
    else create.mutate(bodyOf(form), { onSuccess });
  };
  const fields = { form, onChange };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {route?.problems.map((problem) => (
          <Alert key={problem.code} color="orange" icon={<IconAlertTriangle size={18} />}>
            {problem.message}
          </Alert>
        ))}
        <Section
          title="Which mail"
          description="support@example.com takes its plus-addresses, too. * stands for any letters: support+*@example.com, sales-*@example.com, *@example.com, *@*.example.com, or * for everything."
        >
          <OriginFields {...fields} />
        </Section>
        <Section title="Where it goes" description="A flow decides what happens; a queue takes the mail as it is.">
          <TargetFields {...fields} />
        </Section>
        <Section
          title="What is sent"
          description="How answers to this mail look. What is left open stays as it is: from the address that the mail was written to."
        >
          <AnswerFields {...fields} ownId={route?.id ?? ''} />
        </Section>
        {error && <ErrorNote error={error} title="Not saved" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending}>
            {route ? 'Save' : 'Add the route'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
