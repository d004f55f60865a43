; The installer for Windows, made of the folder of `make package` by Inno Setup 6:
;   ISCC /DVersion=0.1.0 packaging\kashiwa.iss
; For one person, without administrator's rights; records lie elsewhere and are never touched here.
#ifndef Version
  #error Version is given by /DVersion=, as in pyproject.toml
#endif
#define Program "kashiwa-desktop.exe"

[Setup]
AppId={{FC06A964-ED9D-5726-BD8A-AD662B4D9F39}
AppName=地域支えあい活動記録
AppVersion={#Version}
DefaultDirName={localappdata}\Programs\kashiwa-desktop
DefaultGroupName=地域支えあい活動記録
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ChangesAssociations=yes
CloseApplications=yes
OutputDir=..\dist
OutputBaseFilename=kashiwa-desktop-{#Version}-setup
UninstallDisplayIcon={app}\{#Program}

[Languages]
Name: "japanese"; MessagesFile: "compiler:Languages\Japanese.isl"

[Files]
Source: "..\dist\kashiwa-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\地域支えあい活動記録"; Filename: "{app}\{#Program}"
Name: "{userdesktop}\地域支えあい活動記録"; Filename: "{app}\{#Program}"

[Registry]
; a double-click opens the file in the window; every entry goes again with the program
Root: HKCU; Subkey: "Software\Classes\.kssz"; ValueType: string; ValueData: "Kashiwa.kssz"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssz"; ValueType: string; ValueData: "提出用のファイル"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssz\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Program},0"
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssz\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.kssr"; ValueType: string; ValueData: "Kashiwa.kssr"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssr"; ValueType: string; ValueData: "事務局からの返事"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssr\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Program},0"
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssr\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.kssc"; ValueType: string; ValueData: "Kashiwa.kssc"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssc"; ValueType: string; ValueData: "設定ファイル"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssc\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Program},0"
Root: HKCU; Subkey: "Software\Classes\Kashiwa.kssc\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.ksst"; ValueType: string; ValueData: "Kashiwa.ksst"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\Kashiwa.ksst"; ValueType: string; ValueData: "引っ越しファイル"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Kashiwa.ksst\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Program},0"
Root: HKCU; Subkey: "Software\Classes\Kashiwa.ksst\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""
