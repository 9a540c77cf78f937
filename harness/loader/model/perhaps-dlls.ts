// Names of DLLs of Windows that are in some versions, editions or optional features: those that MinGW-w64 has an import library for, without
// those of system-dlls.ts, of redistributable packages and of the kernel, and without what Wine has too.
const NAMES = `
  admparse admwprox adptif adsiisex agentanm akscoinst alrsvc apcups appmgmts appmgr aqueue asp aspperf asycfilt
  atkctrs atrace audiosrv autodisc azroles basesrv batmeter batt bits browser bthci cabview catsrv catsrvut ccfgnt
  cdfview cdm cfgbkend chtskdic cimwin32 cintime clb clfsw32 cliconfg cmcfg32 cmdial32 cmpbk32 cnetcfg cnvfat coadmin
  colbact computecore computenetwork computestorage comsetup comsnap comuid corpol cryptsvc cscdll cscui csrsrv
  dbnetlib dbnmpntw devmgr dhcpsapi digest dimsntfy dimsroam diskcopy dismapi dmconfig dmdskmgr dmivcitf dmutil
  dmvdsitf dsauth eappgnui eapphost es esentprf eventlog evntagnt exstrace fastprox fcachdll fdeploy filemgmt
  fldrclnr framedyn ftpctrs2 ftpmib fxsapi fxscfgwz fxsdrv fxsocm fxsperf fxsroute fxsst fxst30 fxstiff fxsui fxswzrd
  getuname glmf32 gmon gpedit gptext guitrn hbaapi hgfs hmmapi hnetwiz hostmib hotplug htrn_jis httpext httpmib
  httpodbc hypertrm iashlpr iaspolcy iassam iassvcs icaapi icfgnt5 icwconn icwdial icwdl icwphbk icwutil idq ieakeng
  iedkcs32 ieencode iernonce iesetup igmpagnt iis iisadmin iiscfg iisrtl iissuba iisui iisutil iiswmi imeshare
  imjp81k imjpcus imjpdct imjputyc imskdic inetcfg infoadmn infocomm infoctrs input ipmontr ipnathlp iprtprio
  iprtrmgr ipsecsvc ipxsap irclass isatq iscomlog isign32 jet500 kdcom lmmib2 locationapi loghours lonsint lpk
  lprhelp lsasrv mag_hook mcastmib mcdsrv32 mchgrcoi mdminst mfsensorgroup migism miglibnt mll_hp mll_mtf mll_qic
  mmfutil mmutilse mobsync modemui mofd mprmsg mprui mqad mqcertui mqdscli mqise mqlogmgr mqperf mqrt mqrtdep mqsec
  mqupgrd mqutil msadcs msado15 msafd msdadiag msdart msdtclog msdtcprx msdtcstp msdtctm msdtcuiu msgina msgr3en
  msgrocm msgsvc msir3jp mslbui msmqocm msobdl msobmain msoe msoeacct msoert2 msoledbsql mstlsapi msw3prt mydocs
  ncobjapi ncxpnt nddenb32 ndisnpp netlogon netman netoc netrap netui0 netui1 netui2 nntpapi nshipsec ntdsbcli
  ntlanui ntlsapi ntmsapi ntoc ntquery ntvdm64 nwprovau oakley occache ocgen ocmanage ocmsn odbctrac oeimport
  oemiglib olecnv32 oledb32 opends60 osuninst p2pcollab p2pgraph pathcch perfts photowiz pintlcsd policman polstore
  profmap ps5ui psbase pschdprf pscript5 pstorsvc qosname qutil rasauto raschap rasctrs rasmans rasmontr rasmxs
  rasppp rasrad rassapi rasser rastapi rastls rdpcfgex rdpsnd rdpwsx regsvc resutil rnr20 routetab rpcdiag rpchttp
  rpcns4 rpcref rpcss rtm samsrv sapi scesrv sclgntfy scredir script seclogon sens senscfg sensorsapi serwvdrv
  setupqry sfcfiles sfmapi shscrap sigtab sisbkup skdll smtpapi smtpctrs snmpmib snprfdll sqlsrv32 sqlxmlx srchctls
  srrstr ssinc staxmem streamci strmfilt svcpack syncui sysinv sysmod syssetup tapiperf tcpmib tsappcmp tsd32 tsoc
  udhisapi ufat umandlg umdmxfrm umpnpmgr unidrv unidrvui uniime unimdmat uniplat upnpui urlauth vgx vmx_mode w32time
  w3core w3ctrs w3dt w3isapi w3ssl w3tp wab32 wabimp wamreg wbemcore wbemupgd wdmaud wdsclient wdsclientapi wdscsl
  wdsimage wdstptc wdsupgcompl wdsutil webauthn webcheck webhits wiadss wiarpc wiashext winfax winhvemulation
  winhvplatform winipsec winsrv winstorecompat wkssvc wlnotify wlstore wmi2xml wmiaprpl wmiprop wmisvc wow64mib
  wpd_ci ws2help wscsvc wshatm wslapi zoneoc
`;

export const PERHAPS: ReadonlySet<string> = new Set(
  NAMES.trim()
    .split(/\s+/)
    .map((name) => `${name}.dll`),
);
