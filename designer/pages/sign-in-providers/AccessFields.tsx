import { ActionIcon, Alert, Button, Group, Select, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Role } from '../../../schemas/role.ts';
import { roleChoices } from '../settings/roles.ts';
import { guides } from './guides.ts';
import { defaultRoleOf, type ProviderForm, refuseChoice } from './provider-form.ts';

interface AccessFieldsProps {
  form: ProviderForm;
  change: (part: Partial<ProviderForm>) => void;
}

/** Who may come in for the first time. */
export function AccessFields({ form, change }: AccessFieldsProps) {
  return (
    <>
      <Text size="sm" c="var(--sluice-muted)">
        Whoever stands under Users comes in if the provider vouches for their address. From then on they are known by
        what the provider calls them, and the address may change.
      </Text>
      <Switch
        label="Make users of people who sign in for the first time"
        description="Whoever was deleted under Users stays out, until somebody adds them again"
        checked={form.createUsers}
        onChange={({ currentTarget }) => change({ createUsers: currentTarget.checked })}
      />
      {form.createUsers && (
        <TagsInput
          label="Domains of their addresses"
          description="Enter after each one; others stay out"
          required={form.domains.length === 0}
          placeholder="example.com"
          value={form.domains}
          onChange={(domains) => change({ domains })}
        />
      )}
      <Switch
        label="Every address of this provider counts as verified"
        description="For directories that do not say which are, and where only administrators can set addresses"
        checked={form.trustsEmail}
        onChange={({ currentTarget }) => change({ trustsEmail: currentTarget.checked })}
      />
      {form.trustsEmail && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} p="xs">
          Where people can write any address into their own account, they could come in as somebody else, administrators
          included.
        </Alert>
      )}
    </>
  );
}

/** What those who come in may do. */
export function RoleFields({ form, change }: AccessFieldsProps) {
  const isMapped = form.roleClaim.trim() !== '';
  const set = (index: number, part: Partial<{ value: string; role: Role }>) =>
    change({ roles: form.roles.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  return (
    <>
      <TextInput
        label="Claim that roles come from"
        description={guides[form.kind].rolesHint}
        placeholder="Empty: roles are set under Users"
        value={form.roleClaim}
        onChange={({ currentTarget }) => change({ roleClaim: currentTarget.value })}
      />
      {isMapped && (
        <Stack gap="xs" role="group" aria-label="Roles by value">
          {form.roles.map(({ value, role }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing else that stays while it is edited
            <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
              <TextInput
                label={index === 0 ? 'Value' : undefined}
                aria-label={`Value ${index + 1}`}
                style={{ flex: 1 }}
                value={value}
                onChange={({ currentTarget }) => set(index, { value: currentTarget.value })}
              />
              <Select
                label={index === 0 ? 'Role' : undefined}
                aria-label={`Role of value ${index + 1}`}
                w={180}
                allowDeselect={false}
                data={roleChoices.map((each) => ({ value: each.value, label: each.label }))}
                value={role}
                onChange={(choice) => set(index, { role: defaultRoleOf(choice, roleChoices) ?? role })}
              />
              <ActionIcon
                color="red"
                mb={4}
                aria-label={`Remove value ${index + 1}`}
                onClick={() => change({ roles: form.roles.filter((_, at) => at !== index) })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ))}
          <Group>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              onClick={() => change({ roles: [...form.roles, { value: '', role: 'agent' }] })}
            >
              Add a value
            </Button>
          </Group>
          <Text size="xs" c="var(--sluice-muted)">
            Looked at anew at each sign-in; of several the highest role counts. The last administrator stays one.
          </Text>
        </Stack>
      )}
      {(isMapped || form.createUsers) && (
        <Select
          label={isMapped ? 'Who has none of these values' : 'Role of new users'}
          maw={320}
          allowDeselect={false}
          data={[
            { value: refuseChoice, label: isMapped ? 'stays out' : 'Choose a role' },
            ...roleChoices.map(({ value, label }) => ({ value, label: isMapped ? `comes in as ${label}` : label })),
          ]}
          value={form.defaultRole ?? refuseChoice}
          onChange={(choice) => change({ defaultRole: defaultRoleOf(choice, roleChoices) })}
        />
      )}
    </>
  );
}
