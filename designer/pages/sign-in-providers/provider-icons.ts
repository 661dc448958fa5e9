import {
  IconBrandGoogle,
  IconBrandWindows,
  IconCircle,
  IconKey,
  IconShieldLock,
  type TablerIcon,
} from '@tabler/icons-react';
import type { SignInProvider } from '../../../schemas/sign-in-provider.ts';

export const providerIcons: Record<SignInProvider['kind'], TablerIcon> = {
  entra: IconBrandWindows,
  google: IconBrandGoogle,
  keycloak: IconShieldLock,
  okta: IconCircle,
  other: IconKey,
};
