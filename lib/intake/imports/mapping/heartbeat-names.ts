import type { Target } from "@/lib/intake/imports/mapping/targets"

/** Column names for the measurements of a heartbeat. */
export const heartbeatNames: Partial<Record<Target, readonly string[]>> = {
  batteryPct: ["电量", "电池电量", "剩余电量", "battery", "batterylevel", "batterypercent"],
  batteryHealthPct: ["电池健康度", "电池健康", "batteryhealth"],
  charging: ["充电", "充电状态", "是否充电", "ischarging"],
  temperatureC: ["温度", "设备温度", "电池温度", "temperature", "temp"],
  networkType: ["网络", "网络类型", "联网方式", "通讯方式", "通信方式", "networktype", "connection"],
  signalDbm: ["信号", "信号强度", "网络信号", "signal", "signalstrength", "rssi", "rsrp"],
  latencyMs: ["延迟", "时延", "网络延迟", "latency", "ping", "rtt"],
  storageUsedPct: ["存储使用率", "存储占用", "磁盘使用率", "storageused", "diskused"],
  memoryUsedPct: ["内存使用率", "内存占用", "memoryused", "ramused"],
  cpuPct: ["cpu", "cpu使用率", "cpu占用", "cpuusage"],
  printerStatus: ["打印机", "打印机状态", "printer"],
  uptimeSeconds: ["运行时长", "开机时长", "uptime"],
  reboots: ["重启次数", "rebootcount"],
  pinpadOk: ["密码键盘", "密码键盘状态", "pinpad"],
  readerOk: ["读卡器", "读卡器状态", "reader", "cardreader"],
  tamper: ["防拆", "防拆触发", "拆机"],
  os: ["系统版本", "操作系统", "操作系统版本", "osversion", "androidversion"],
  firmware: ["固件", "固件版本", "firmwareversion"],
  app: ["应用版本", "软件版本", "程序版本", "app版本", "appversion", "softwareversion"],
  emvKernel: ["emv内核", "内核版本", "emvkernelversion"],
  securityPatch: ["安全补丁", "安全补丁日期", "securitypatchlevel"],
  lat: ["纬度", "latitude"],
  lon: ["经度", "longitude"],
}
