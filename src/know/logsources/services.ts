/**
 * Windows services: which channels each one means. Union of SigmaHQ's `tests/thor.yml` and the taxonomy
 * appendix of the specification; where they differ, both readings are kept (`powershell` has two channels,
 * `ldap` two names). Cost: a table.
 */
import { defender, powershell, powershellClassic, security, sysmon } from './channels.ts';

const microsoft = (...names: readonly string[]): readonly string[] =>
  names.map(name => `Microsoft-Windows-${name}`);

const ldap = microsoft('LDAP-Client/Debug');
const serviceBus = ['Microsoft-ServiceBus-Client/Admin', 'Microsoft-ServiceBus-Client/Operational'];

/** Service, folded → its channels as Windows writes them. */
export const windowsServices: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    security: [security],
    system: ['System'],
    application: ['Application'],
    sysmon: [sysmon],
    powershell,
    'powershell-classic': [powershellClassic],
    windefend: [defender],
    taskscheduler: microsoft('TaskScheduler/Operational'),
    wmi: microsoft('WMI-Activity/Operational'),
    ntlm: microsoft('NTLM/Operational'),
    'firewall-as': microsoft('Windows Firewall With Advanced Security/Firewall'),
    'bits-client': microsoft('Bits-Client/Operational'),
    'codeintegrity-operational': microsoft('CodeIntegrity/Operational'),
    applocker: microsoft(
      'AppLocker/MSI and Script',
      'AppLocker/EXE and DLL',
      'AppLocker/Packaged app-Deployment',
      'AppLocker/Packaged app-Execution',
    ),
    'appxdeployment-server': microsoft('AppXDeploymentServer/Operational'),
    'appxpackaging-om': microsoft('AppxPackaging/Operational'),
    'appmodel-runtime': microsoft('AppModel-Runtime/Admin'),
    'application-experience': microsoft(
      'Application-Experience/Program-Telemetry',
      'Application-Experience/Program-Compatibility-Assistant',
    ),
    bitlocker: microsoft('BitLocker/BitLocker Management'),
    capi2: microsoft('CAPI2/Operational'),
    'certificateservicesclient-lifecycle-system': microsoft(
      'CertificateServicesClient-Lifecycle-System/Operational',
    ),
    dhcp: microsoft('DHCP-Server/Operational'),
    'diagnosis-scripted': microsoft('Diagnosis-Scripted/Operational'),
    'driver-framework': microsoft('DriverFrameworks-UserMode/Operational'),
    'dns-client': microsoft('DNS Client Events/Operational'),
    'dns-server': ['DNS Server'],
    'dns-server-audit': microsoft('DNS-Server/Audit'),
    'dns-server-analytic': microsoft('DNS-Server/Analytical'),
    'hyper-v-worker': microsoft('Hyper-V-Worker'),
    'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
    'kernel-event-tracing': microsoft('Kernel-EventTracing'),
    'kernel-shimengine': microsoft('Kernel-ShimEngine/Operational', 'Kernel-ShimEngine/Diagnostic'),
    ldap,
    ldap_debug: ldap,
    'lsa-server': microsoft('LSA/Operational'),
    'msexchange-management': ['MSExchange Management'],
    ntfs: microsoft('Ntfs/Operational'),
    openssh: ['OpenSSH/Operational'],
    'printservice-admin': microsoft('PrintService/Admin'),
    'printservice-operational': microsoft('PrintService/Operational'),
    'security-mitigations': microsoft('Security-Mitigations/Kernel Mode', 'Security-Mitigations/User Mode'),
    sense: microsoft('SENSE/Operational'),
    'servicebus-client': serviceBus,
    'microsoft-servicebus-client': serviceBus,
    'shell-core': microsoft('Shell-Core/Operational'),
    'smbclient-security': microsoft('SmbClient/Security'),
    'smbclient-connectivity': microsoft('SmbClient/Connectivity'),
    'smbserver-connectivity': microsoft('SMBServer/Connectivity'),
    'terminalservices-localsessionmanager': microsoft('TerminalServices-LocalSessionManager/Operational'),
    vhdmp: microsoft('VHDMP/Operational'),
  }),
);
