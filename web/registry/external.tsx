/** An address that somebody typed: a link if it is one of the web, else its text. */
export function External({ address }: { readonly address: string }) {
  if (!/^https?:\/\//iu.test(address) || !URL.canParse(address)) return <>{address}</>;
  return (
    <a href={address} rel="nofollow ugc noopener noreferrer">
      {address}
    </a>
  );
}
