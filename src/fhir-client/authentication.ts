/** How we show a server who we are. */
export type Authentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** The Authorization header's value; undefined where there is none. */
export function authorizationOf(authentication: Authentication): string | undefined {
  if (authentication.kind === 'none') return undefined;
  if (authentication.kind === 'bearer') return `Bearer ${authentication.token}`;
  const { user, password } = authentication;
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
