/**
 * Who saves a sealed file of an opened page: the browser from what the worker answers, the page itself, or nobody here.
 *
 * - Web views of chat apps, and those of other apps on iOS, save nothing, without saying so.
 * - WebKit does not reliably save what a worker answers: before Safari 15.4 it asks the host instead, which has the file only
 *   sealed (https://bugs.webkit.org/show_bug.cgi?id=182848), iOS 18.2 and 18.3 break off
 *   (https://bugs.webkit.org/show_bug.cgi?id=286060), WebKitGTK saves nothing.
 */
export function savedBy(userAgent: string, isInPlace: boolean): 'browser' | 'page' | 'nobody' {
  const isAppleView = /iP(?:hone|ad|od)/.test(userAgent) && !userAgent.includes('Safari/');
  if (isAppleView || /MicroMessenger|QQ\/|Weibo|DingTalk|AlipayClient|; wv\)/.test(userAgent))
    return 'nobody';
  const isWebKit = userAgent.includes('AppleWebKit/') && !/ (?:Headless)?Chrome\//.test(userAgent);
  return isInPlace || isWebKit ? 'page' : 'browser';
}
