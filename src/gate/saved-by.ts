/**
 * Decides what can save an attachment of an opened page: the browser from the worker's response, the page, or nobody.
 *
 * - Web views of chat apps, and of other apps on iOS, silently save nothing.
 * - WebKit does not reliably save a worker's response: before Safari 15.4 it asks the host instead, which has only the
 *   sealed file (https://bugs.webkit.org/show_bug.cgi?id=182848), iOS 18.2 and 18.3 abort the download
 *   (https://bugs.webkit.org/show_bug.cgi?id=286060), WebKitGTK saves nothing.
 */
export function savedBy(userAgent: string, isInPlace: boolean): 'browser' | 'page' | 'nobody' {
  const isAppleView = /iP(?:hone|ad|od)/.test(userAgent) && !userAgent.includes('Safari/');
  if (isAppleView || /MicroMessenger|QQ\/|Weibo|DingTalk|AlipayClient|; wv\)/.test(userAgent))
    return 'nobody';
  const isWebKit = userAgent.includes('AppleWebKit/') && !/ (?:Headless)?Chrome\//.test(userAgent);
  return isInPlace || isWebKit ? 'page' : 'browser';
}
