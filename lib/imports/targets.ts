import type { Heartbeat } from "@/lib/heartbeats/schemas"
import type { Transaction } from "@/lib/transactions/schemas"

/** What a column of a file can be. Most are fields of the contract; the others are what files have in their place. */
export const commonTargets = ["ignore", "terminal", "at", "date", "time"] as const

export const transactionTargets = [
  "id", "outcome", "status", "code", "codeSystem", "type", "cardNumber", "cardRef", "amount", "amountMinor", "currency", "entryMode", "operator",
  "trace", "rrn", "batch", "original", "acquirer", "scheme", "issuerBin", "durationMs", "release", "reversalReason",
] as const satisfies (keyof Transaction | "status" | "type" | "cardNumber" | "amount" | "trace" | "original")[]

export const heartbeatTargets = [
  "serial", "tid", "model", "store", "batteryPct", "batteryHealthPct", "batteryCycles", "charging", "temperatureC", "networkType", "signalDbm",
  "latencyMs", "networkErrors", "storageUsedPct", "memoryUsedPct", "cpuPct", "printerStatus", "printerLines", "uptimeSeconds", "reboots",
  "chipReads", "chipFailures", "tapReads", "tapFailures", "swipeReads", "swipeFailures", "pinpadOk", "readerOk", "securityOk", "hostReachable",
  "tamper", "os", "firmware", "app", "emvKernel", "securityPatch", "attempts", "approvals", "lat", "lon",
] as const satisfies (keyof Heartbeat)[]

export const targets = [...commonTargets, ...transactionTargets, ...heartbeatTargets] as const
export type Target = (typeof targets)[number]

export type RecordFileKind = "transactions" | "heartbeats"
export const recordFileKinds = ["transactions", "heartbeats"] as const

export const targetsOf = { transactions: [...commonTargets, ...transactionTargets], heartbeats: [...commonTargets, ...heartbeatTargets] } as const satisfies Record<RecordFileKind, readonly Target[]>

/** What headers call the targets, in Chinese and English; a target's own name counts, too. As `headerKey` writes them. */
export const usualNames: Partial<Record<Target, readonly string[]>> = {
  terminal: [
    "终端号", "终端编号", "终端id", "终端代码", "终端标识", "受理终端号", "受卡机终端标识码", "pos终端号", "pos号", "pos编号", "机具号", "机具编号", "设备号", "设备编号", "终端",
    "terminalid", "terminalno", "terminalnumber", "terminalcode", "termid", "termno", "tid", "posid", "posno", "deviceid", "deviceno",
  ],
  at: [
    "交易时间", "交易日期时间", "交易发生时间", "交易完成时间", "交易日期及时间", "支付时间", "付款时间", "创建时间", "订单时间", "上报时间", "心跳时间", "采集时间", "时间戳", "日期时间",
    "transactiontime", "transactiondatetime", "transactiondate&time", "txntime", "txndatetime", "trantime", "datetime", "timestamp", "reportedat", "reporttime", "createdat", "paidat", "localtime",
  ],
  date: ["交易日期", "日期", "交易日", "本地交易日期", "支付日期", "上报日期", "transactiondate", "txndate", "trandate", "date", "localdate"],
  time: ["时间", "时刻", "交易时刻", "本地交易时间", "time", "txntimeofday", "timeofday"],
  id: [
    "订单号", "交易单号", "交易号", "商户订单号", "平台订单号", "系统订单号", "交易流水", "交易订单号", "唯一流水号", "平台流水号",
    "transactionid", "txnid", "tranid", "orderid", "orderno", "paymentid", "uniqueid",
  ],
  status: ["交易状态", "交易结果", "状态", "结果", "支付状态", "处理结果", "交易处理结果", "订单状态", "status", "state", "result", "transactionstatus", "txnstatus", "transactionresult"],
  code: [
    "应答码", "响应码", "返回码", "交易应答码", "交易响应码", "交易返回码", "应答代码", "响应代码", "返回代码", "错误码", "失败码", "拒绝码", "平台应答码", "39域", "39域应答码", "f39",
    "responsecode", "respcode", "rspcode", "returncode", "retcode", "rc", "answercode", "declinecode", "errorcode", "resultcode",
  ],
  type: ["交易类型", "交易种类", "交易名称", "业务类型", "交易类别", "transactiontype", "txntype", "trantype", "type", "operation"],
  cardNumber: ["卡号", "主账号", "银行卡号", "交易卡号", "支付卡号", "付款卡号", "账号", "卡号/账号", "cardnumber", "cardno", "pan", "maskedpan", "card", "accountnumber"],
  cardRef: ["卡标识", "cardtoken", "cardreference", "cardhash"],
  amount: ["交易金额", "金额", "订单金额", "消费金额", "支付金额", "实付金额", "原交易金额", "交易本金", "amount", "transactionamount", "txnamount", "tranamount", "txnamt", "amt", "total"],
  currency: ["币种", "交易币种", "货币", "币种代码", "currencycode", "ccy"],
  entryMode: ["输入方式", "读卡方式", "受理方式", "服务点输入方式", "刷卡方式", "用卡方式", "卡输入方式", "posentrymode", "entrymethod", "readmode", "cardentry", "usechip"],
  operator: ["操作员", "操作员号", "操作员编号", "收银员", "收银员号", "收银员编号", "柜员号", "cashier", "cashierid", "operatorid", "operatorno", "clerk"],
  trace: ["流水号", "凭证号", "终端流水号", "pos流水号", "交易流水号", "系统跟踪号", "跟踪号", "系统流水号", "受卡方系统跟踪号", "票据号", "trace", "tracenumber", "traceno", "stan", "voucherno", "systemtraceauditnumber"],
  rrn: ["参考号", "检索参考号", "系统参考号", "交易参考号", "检索号", "参考编号", "referencenumber", "referenceno", "refno", "retrievalreferencenumber", "retrievalreference", "reference"],
  batch: ["批次号", "批次", "终端批次号", "结算批次号", "batchno", "batchnumber"],
  original: ["原交易流水号", "原流水号", "原凭证号", "原参考号", "原交易参考号", "原订单号", "原交易号", "originaltrace", "originalreference", "originalid", "originaltransactionid", "reverses"],
  acquirer: ["收单机构", "收单方", "收单机构号", "收单行", "acquirerid", "acquiringbank"],
  scheme: ["卡组织", "渠道", "支付渠道", "交易渠道", "支付方式", "支付类型", "卡品牌", "cardscheme", "cardbrand", "brand", "channel", "network", "paymentmethod"],
  issuerBin: ["卡bin", "发卡行bin", "bin", "iin"],
  durationMs: ["耗时", "交易耗时", "响应时间", "duration", "elapsed"],
  reversalReason: ["失败原因", "拒绝原因", "冲正原因", "应答信息", "响应信息", "返回信息", "failurereason", "declinereason", "responsemessage"],
  serial: ["序列号", "终端序列号", "设备序列号", "机身号", "机身序列号", "sn", "sn号", "serialnumber", "serialno", "devicesn"],
  model: ["型号", "终端型号", "设备型号", "机型", "devicemodel", "terminalmodel"],
  store: ["门店", "门店号", "门店编号", "门店代码", "storecode", "storeid", "shop"],
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
  ignore: [
    "序号", "编号", "行号", "no", "num", "#", "商户号", "商户编号", "商户名称", "商户简称", "商户", "门店名称", "发卡行", "发卡机构", "发卡银行", "银行名称", "卡类型", "卡种", "手续费", "商户手续费",
    "结算金额", "净额", "结算日期", "清算日期", "入账金额", "优惠金额", "备注", "授权码", "mid", "merchantid", "merchantno", "merchantname", "merchant", "issuer", "issuerbank", "issuername", "cardtype",
    "fee", "netamount", "settlementdate", "authcode", "approvalcode", "remark", "memo", "notes", "storename",
  ],
}

/** Columns that number the rows of a file: another export of the same sale has another number. */
export const rowNumberNames: readonly string[] = ["序号", "编号", "行号", "no", "num", "#"]
