import { Button, Group, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { RetentionView } from '../../../schemas/api/retention.ts';
import type { RetentionRules } from '../../../schemas/retention.ts';
import { usePreviewRetention, useSaveRetention } from '../../api/retention.ts';
import { confirm } from '../../shell/confirm.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { SaveBar } from '../../shell/form/SaveBar.tsx';
import { useForm } from '../../shell/form/useForm.ts';
import { notifyDone } from '../../shell/notify.ts';
import classes from './RetentionForm.module.css';
import { countsInWords, isHarsher, kindWords, shownKinds, suggestedRules } from './retention-words.ts';

/** A rule for each kind. Before one is saved by which more is lost, it is counted how much, and asked. */
export function RetentionForm({ view }: { view: RetentionView }) {
  const form = useForm({ at: view.at, rules: view.rules });
  const save = useSaveRetention();
  const preview = usePreviewRetention();
  const { at, rules } = form.value;
  const setRules = (next: RetentionRules) => {
    preview.reset();
    form.change({ rules: next });
  };
  const store = () =>
    save.mutate(form.value, {
      onSuccess: () => {
        form.undo();
        preview.reset();
        notifyDone('Saved');
      },
    });

  function askAndStore(): void {
    if (!isHarsher(view.rules, rules)) {
      store();
      return;
    }
    preview.mutate(rules, {
      onSuccess: ({ counts }) =>
        confirm({
          title: 'Remove for good?',
          text: `By these rules ${countsInWords(counts)} would go at ${at} tonight, and more every night after. What is removed cannot be brought back, except from a backup. Until then you can take the rules back.`,
          yes: 'Save the rules',
          onYes: store,
        }),
    });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        askAndStore();
      }}
    >
      <Stack gap="md">
        <Stack gap={0} component="ul" m={0} p={0} aria-label="Retention rules" className={classes.rules ?? ''}>
          {shownKinds.map((kind) => {
            const { label, description, suggested } = kindWords[kind];
            const days = rules[kind];
            return (
              <li key={kind} className={classes.rule}>
                <Switch
                  label={label}
                  description={description}
                  checked={days !== null}
                  onChange={(event) => setRules({ ...rules, [kind]: event.currentTarget.checked ? suggested : null })}
                />
                {days === null ? (
                  <Text size="sm" c="var(--sluice-muted)" className={classes.forever}>
                    kept for ever
                  </Text>
                ) : (
                  <NumberInput
                    aria-label={`${label}, days`}
                    suffix=" days"
                    min={2}
                    max={36_500}
                    clampBehavior="blur"
                    allowDecimal={false}
                    allowNegative={false}
                    thousandSeparator=","
                    required
                    w={140}
                    value={days}
                    onChange={(next) => setRules({ ...rules, [kind]: Number(next) || 2 })}
                  />
                )}
              </li>
            );
          })}
        </Stack>
        <Group align="flex-end" justify="space-between" gap="sm">
          <TextInput
            label="Removed at night at"
            type="time"
            w={170}
            required
            value={at}
            onChange={(event) => form.change({ at: event.currentTarget.value })}
          />
          <Group gap="xs">
            <Button variant="subtle" size="xs" onClick={() => setRules(suggestedRules())}>
              Use suggested rules
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={preview.isPending}
              disabled={shownKinds.every((kind) => rules[kind] === null)}
              onClick={() => preview.mutate(rules)}
            >
              Count what would go
            </Button>
          </Group>
        </Group>
        <Text size="sm" role="status" c={preview.data ? undefined : 'var(--sluice-muted)'} hidden={!preview.data}>
          {preview.data && `Now by these rules: ${countsInWords(preview.data.counts)}. Each rule is counted by itself.`}
        </Text>
        {preview.error && <ErrorNote error={preview.error} title="Not counted" />}
        <SaveBar save={save} isChanged={form.isChanged} onUndo={form.undo} />
      </Stack>
    </form>
  );
}
