import { tokenOf } from './site.ts';
import { newVisitor, type Visitor, type VisitorOptions } from './visitor.ts';

/**
 * Starts a browser for a member who enters with their link.
 *
 * @param url - the site's home page
 */
export async function newMember(url: string, options: VisitorOptions = {}, id = 'anna'): Promise<Visitor> {
  const visitor = await newVisitor(options);
  await visitor.open(`${url}#key=${await tokenOf(id)}`);
  await visitor.see('html[data-access="open"]');
  return visitor;
}
