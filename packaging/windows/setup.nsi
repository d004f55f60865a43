; The installer for Windows, for one person and without administrator's rights; made by layout.py.
; Records lie elsewhere and are never touched. /S installs silently; it ends with
; 3 where the program is open, 4 where a newer version is there (unless /FORCE).
Target amd64-unicode
Unicode true
!include "LogicLib.nsh"
!include "WordFunc.nsh"
!include "FileFunc.nsh"
!include "MUI2.nsh"

!define TITLE "地域支えあい活動記録"
!define EXE "kashiwa-desktop.exe"
!define CONSOLE "kashiwa-desktop-console.exe"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\kashiwa-desktop"
!define CLASSES "Software\Classes"

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\kashiwa-desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=1041 "FileDescription" "${TITLE} ${VERSION}"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "CompanyName" "柏市社会福祉協議会"
VIAddVersionKey /LANG=1041 "LegalCopyright" "Apache-2.0"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"

; whether a program of ours runs: then its file cannot be opened for writing
!macro RefuseOpen
  ${If} ${FileExists} "$INSTDIR\${EXE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${IfNot} ${Errors}
      FileClose $0
      FileOpen $0 "$INSTDIR\${CONSOLE}" a
    ${EndIf}
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${TITLE}が開いています。閉じてから、もう一度お試しください。" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  ReadRegStr $1 HKCU "${KEY}" "DisplayVersion"
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/FORCE" $3
  ${If} ${Errors}
  ${AndIf} $1 != ""
    ${VersionCompare} "$1" "${VERSION}" $0
    ${If} $0 == 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "新しい版 $1 が入っています。古い版 ${VERSION} には戻せません。" /SD IDOK
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro RefuseOpen
FunctionEnd

!macro Ending END WORDS
  WriteRegStr HKCU "${CLASSES}\Kashiwa.${END}" "" "${WORDS}"
  WriteRegStr HKCU "${CLASSES}\Kashiwa.${END}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${CLASSES}\Kashiwa.${END}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.${END}" "" "Kashiwa.${END}"
  WriteRegNone HKCU "${CLASSES}\.${END}\OpenWithProgids" "Kashiwa.${END}"
!macroend

; every value is taken back only while it is still ours
!macro un.Ending END
  DeleteRegKey HKCU "${CLASSES}\Kashiwa.${END}"
  DeleteRegValue HKCU "${CLASSES}\.${END}\OpenWithProgids" "Kashiwa.${END}"
  ReadRegStr $0 HKCU "${CLASSES}\.${END}" ""
  ${If} $0 == "Kashiwa.${END}"
    DeleteRegValue HKCU "${CLASSES}\.${END}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\.${END}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.${END}"
!macroend

Section
  RMDir /r "$INSTDIR\Lib"
  RMDir /r "$INSTDIR\DLLs"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${EXE}"
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${KEY}" "Publisher" "柏市社会福祉協議会"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  !insertmacro Ending "kssz" "提出用のファイル"
  !insertmacro Ending "kssr" "事務局からの返事"
  !insertmacro Ending "kssc" "設定ファイル"
  !insertmacro Ending "ksst" "引っ越しファイル"
  ${RefreshShellIcons}
SectionEnd

Function un.onInit
  !insertmacro RefuseOpen
FunctionEnd

Section "Uninstall"
  !insertmacro un.Ending "kssz"
  !insertmacro un.Ending "kssr"
  !insertmacro un.Ending "kssc"
  !insertmacro un.Ending "ksst"
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${KEY}"
  RMDir /r "$INSTDIR"
  ${RefreshShellIcons}
SectionEnd
