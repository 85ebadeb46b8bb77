# Start Plumbline at every log-on of this account, in the background; run once, as yourself:
#   powershell -ExecutionPolicy Bypass -File deploy\windows\register-task.ps1
# Undo: Unregister-ScheduledTask -TaskName Plumbline
$ErrorActionPreference = 'Stop'

$root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
$python = Join-Path $root '.venv\Scripts\python.exe'
if (-not (Test-Path $python)) {
    throw "There is no $python: run scripts\start.py once, it makes it."
}

# conhost --headless: without it a console window would stand open for as long as the server runs.
$action = New-ScheduledTaskAction -WorkingDirectory $root -Execute 'conhost.exe' `
    -Argument "--headless `"$python`" -m server --log-level warning"
$trigger = New-ScheduledTaskTrigger -AtLogOn -User "$env:USERDOMAIN\$env:USERNAME"
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew `
    -RestartCount 3 -RestartInterval (New-TimeSpan -Minutes 1) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries

Register-ScheduledTask -TaskName 'Plumbline' -Description 'Fact checks on this machine' `
    -Action $action -Trigger $trigger -Settings $settings -Force | Out-Null
Start-ScheduledTask -TaskName 'Plumbline'
Write-Output 'Plumbline starts now and at every log-on.'
