import { PERHAPS } from './perhaps-dlls.ts';

// DLLs that every Windows 10 and 11 has in its system folder. Put together from the import libraries of MinGW-w64, whose definition
// files were made from the DLLs of Windows, where Wine has a DLL of that name too; without those that come with redistributable packages
// (Visual C++, DirectX), with optional features, or only with older versions. The last lines, from `bcd` on, are general knowledge:
// DLLs of Windows that Wine mostly lacks. A name that is not here may still be Windows's.
const NAMES = `
  aclui activeds actxprxy adsldpc advapi32 advpack amsi apphelp atl atmlib authz avicap32 avifil32 avrt bcrypt
  bcryptprimitives bluetoothapis bthprops.cpl cabinet cfgmgr32 clusapi combase comctl32 comdlg32 compstui comsvcs
  coremessaging credui crypt32 cryptdlg cryptdll cryptnet cryptsp cryptui d2d1 d3d10 d3d10_1 d3d10core d3d11 d3d12 d3d8
  d3d9 d3dcompiler_47 davclnt dbgeng dbghelp dciman32 dcomp ddraw dhcpcsvc dhcpcsvc6 dinput dinput8 dnsapi dsound
  dsquery dssenh dsuiext dwmapi dwrite dxcore dxgi dxva2 esent evr explorerframe faultrep feclient fltlib fontsub
  fwpuclnt gdi32 gdi32full gdiplus glu32 hhctrl.ocx hid hlink hnetcfg httpapi imagehlp imm32 inetcomm inetmib1 inseng
  iphlpapi jscript kernel.appcore kernel32 kernelbase ksuser ktmw32 loadperf logoncli lz32 mapi32 mciavi32 mcicda
  mciqtz32 mciseq mciwave mf mf3216 mfplat mfplay mfreadwrite mgmtapi midimap mlang mmdevapi mpr mprapi msacm32 msasn1
  mscat32 mscms mscoree msctf msdmo msdrm msftedit mshtml msi msimg32 msimtf msisip msls31 mspatcha msrle32 mssign32
  mstask msvcp60 msvcp_win msvcrt msvfw32 msvidc32 mswsock msxml3 msxml6 ncrypt netapi32 netcfgx netutils newdev
  normaliz ntdll ntdsapi ntprint odbc32 odbccp32 ole32 oleacc oleaut32 olecli32 oledlg olesvr32 opengl32 pdh powrprof
  printui prntvpt profapi propsys psapi quartz query qwave rasapi32 rasdlg resutils riched20 rpcrt4 rsaenh rstrtmgr
  rtutils rtworkq samcli scarddlg schannel scrobj scrrun sechost secur32 security sensapi serialui setupapi sfc sfc_os
  shcore shdocvw shell32 shfolder shlwapi slc snmpapi softpub spoolss srclient srvcli sspicli sti sxs t2embed tapi32
  taskschd tbs tdh traffic twinapi.appcore ucrtbase uiautomationcore url urlmon user32 userenv usp10 utildll uxtheme
  vbscript version virtdisk vssapi wdscore webservices websocket wer wevtapi wiaservc wimgapi win32u windowscodecs
  winhttp wininet winmm winscard winspool.drv winsta wintrust wintypes winusb wkscli wlanapi wldap32 wldp wofutil ws2_32
  wsdapi wsock32 wtsapi32 wuapi xaudio2_8 xinput1_4 xinput9_1_0 xmllite

  clbcatq coml2 cryptbase dbgcore devobj difxapi iertutil msdelta nsi ntmarta olepro32 riched32 wscapi
  bcd certcli certenroll cldapi cmutil comres cryptxml cscapi cscobj dbgmodel devrtl dnsrslvr dot3api dpapi dpx
  drprov drvstore ds32gt dskquota dsparse dsprop dsreg dsrole dssec dui70 duser eappcfg eappprxy edputil efsadu
  efsutil fmifs framedynos fveapi fwbase gpapi htui icm32 ifsutil imgutil iscsidsc iyuv_32 joinutil keymgr linkinfo
  mciole32 mfc40 mfc40u mfc42 mfc42u mfcore mi miutils mprddm msrating msutb msyuv mtxclu mtxex mtxoci ndfapi netid
  netplwiz netprofm netshell ninput nlaapi npmproxy ntlanman ntshrui odbc32gt odbcconf odbccr32 odbccu32 p2p pautoenr
  pcwum perfctrs perfdisk perfnet perfos perfproc pla policymanager portabledeviceapi rasadhlp rasman regapi samlib
  scecli schedcli scksp  shimeng shimgvw shsvcs slcext slwga spp sppc srpapi ssdpapi sti_ci storprop
  structuredquery sxshared synceng tapi3 thumbcache tquery tsbyuv txfw32 ulib untfs upnp vaultcli vdsutil verifier
  w32topl wbemcomn wdi wdigest webclnt webio wecapi wevtfwd winbrand windows.storage winmde winnsi winrnr wlanutil
  wlgpclnt wmiclnt wshbth wsmsvc wsnmp32 wwapi xolehlp
`;

const WINDOWS_DLLS: ReadonlySet<string> = new Set(
  NAMES.trim()
    .split(/\s+/)
    .map((name) => (/\.(drv|ocx|cpl)$/.test(name) ? name : `${name}.dll`)),
);

/** Whether each Windows 10 and 11 has this file in its system folder, as far as is known here. */
export function isWindowsDll(name: string): boolean {
  return WINDOWS_DLLS.has(name.toLowerCase());
}

/**
 * Whether some Windows has, or once had, a DLL of this name, and whether this one does is not known: MinGW-w64 has an import library that
 * was made from it. For others a name that no folder has is a missing DLL.
 */
export function isPerhapsWindowsDll(name: string): boolean {
  return PERHAPS.has(name.toLowerCase());
}
