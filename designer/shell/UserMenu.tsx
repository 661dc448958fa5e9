import { Menu, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useSignOut, useUser } from '../api/session.ts';
import { forgetHistories } from '../state/kept-history.ts';
import { Face } from './Face.tsx';
import { notifyError } from './notify.ts';
import classes from './UserMenu.module.css';

const schemes = [
  { value: 'auto', label: 'Like the system', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;

/** Who is signed in, the colour scheme, and the way out. */
export function UserMenu({ isRail }: { isRail: boolean }) {
  const user = useUser();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  return (
    <Menu position="right-end" width={210} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.target}>
          <VisuallyHidden>Your menu: {user.name}</VisuallyHidden>
          <Face name={user.name} size={28} />
          {!isRail && (
            <span className={classes.who} aria-hidden>
              <Text size="sm" fw={500} truncate="end" component="span" display="block">
                {user.name}
              </Text>
              <Text size="xs" c="var(--sluice-muted)" truncate="end" component="span" display="block">
                {user.role}
              </Text>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((each) => each.value === value)?.value ?? 'auto')}
        >
          {schemes.map((scheme) => (
            <Menu.RadioItem
              key={scheme.value}
              value={scheme.value}
              rightSection={<scheme.icon size={16} aria-hidden />}
            >
              {scheme.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() =>
            signOut.mutate(undefined, {
              // Nothing of this person's drafts is left in the browser for the next one.
              onSuccess: () => void forgetHistories().catch(() => {}),
              onError: (error) => notifyError(error),
            })
          }
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
