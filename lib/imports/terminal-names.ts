import type { TerminalTarget } from "@/lib/imports/targets"
import type { TerminalStatus } from "@/lib/terminals/words"

/** What headers of terminal files call the targets, as `headerKey` writes them: 终端号 is a TID there, and 状态 is no sale's. */
export const terminalNames: Record<TerminalTarget, readonly string[]> = {
  serial: [
    "序列号", "终端序列号", "设备序列号", "机具序列号", "机身号", "机身序列号", "机身编号", "出厂编号", "sn", "sn号", "设备sn", "终端sn", "serialnumber", "serialno", "devicesn", "terminalserial",
  ],
  tid: ["终端号", "终端编号", "终端id", "终端代码", "pos终端号", "受理终端号", "terminalid", "terminalno", "terminalnumber", "termid"],
  acquirer: ["收单机构", "收单方", "收单行", "收单机构号", "收单机构代码", "支付机构", "acquirerid", "acquirercode", "acquiringbank"],
  model: ["型号", "终端型号", "设备型号", "机具型号", "机型", "品牌型号", "devicemodel", "terminalmodel"],
  status: ["状态", "终端状态", "设备状态", "机具状态", "使用状态", "生命周期", "lifecycle", "state", "terminalstatus", "devicestatus"],
  merchant: ["商户", "商户名称", "商户简称", "商家", "商家名称", "品牌", "连锁品牌", "merchantname", "chain", "brand"],
  region: ["区域", "大区", "片区", "地区", "分区", "所属区域", "area", "regionname"],
  store: ["门店", "门店号", "门店编号", "门店代码", "网点编号", "网点号", "店号", "店铺编号", "storecode", "storeid", "storeno", "shop", "shopid"],
  storeName: ["门店名称", "店名", "店铺名称", "网点名称", "storename", "shopname"],
  timeZone: ["时区", "timezone", "tz"],
  address: ["地址", "门店地址", "安装地址", "装机地址", "详细地址", "storeaddress"],
  labels: ["标签", "标记", "分组", "tags", "tag", "label"],
  supplier: ["供应商", "供应商名称", "供货商", "供货商名称", "供货方", "供货单位", "设备供应商", "终端供应商", "经销商", "suppliername", "seller", "reseller", "dealer", "distributor", "boughtfrom", "purchasedfrom"],
  boughtOn: ["采购日期", "采购日", "采购时间", "购买日期", "购买日", "购买时间", "购入日期", "购置日期", "购机日期", "进货日期", "purchasedate", "purchasedon", "purchased", "dateofpurchase", "boughtdate", "bought"],
  warrantyUntil: [
    "保修到期", "保修到期日", "保修到期日期", "保修到期时间", "保修截止", "保修截止日", "保修截止日期", "保修期至", "保修至", "质保到期", "质保到期日", "质保到期日期", "质保到期时间", "质保截止", "质保截止日", "质保截止日期",
    "质保期至", "质保至", "过保日期", "过保时间", "warrantyend", "warrantyends", "warrantyenddate", "warrantyexpiry", "warrantyexpires", "warrantyexpirydate", "warrantyexpirationdate", "warrantydate", "endofwarranty",
  ],
  openingHours: ["营业时间", "营业时段", "hours"],
}

/** What files call the states of a terminal's life, in lower case. */
export const statusWords: Record<TerminalStatus, readonly string[]> = {
  pending: ["pending", "new", "待确认", "待启用", "待入网", "待激活", "未启用", "未激活"],
  active: ["active", "in use", "in service", "live", "enabled", "在用", "使用中", "正常", "启用", "已启用", "已激活", "激活", "在网", "运行中"],
  spare: ["spare", "in stock", "stock", "backup", "备机", "备用", "备用机", "库存", "在库", "闲置"],
  in_repair: ["in_repair", "in repair", "repair", "维修", "维修中", "送修", "返修", "在修"],
  retired: ["retired", "scrapped", "decommissioned", "已退役", "退役", "报废", "已报废", "停用", "已停用", "注销", "已注销", "撤机", "已撤机"],
}
