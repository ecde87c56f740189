// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the page, in both languages. {n} is a number, other {words} are filled in by name.

/** key: [Chinese, English, English for one] */
export const texts = {
    overview: ['总览', 'Overview'], servers: ['服务器', 'Servers'], tree: ['服务树', 'Tree'], events: ['事件', 'Events'],
    readOnly: ['只读', 'Read only'], pages: ['页面', 'Pages'], skip: ['跳到内容', 'Skip to content'],
    live: ['实时', 'Live'], stale: ['过期', 'Stale'], staleFor: ['过期 {age}', 'Stale {age}'], connecting: ['正在连接', 'Connecting'],
    history: ['历史', 'History'], noHistory: ['此时段没有记录。', 'Nothing is recorded of this time.'], upTo: ['最高 {value}', 'up to {value}'],
    alive: ['存活', 'alive'], degraded: ['降级', 'degraded'], died: ['故障', 'died'], unknown: ['未知', 'unknown'],
    maintenance: ['维护', 'maintenance'],
    problems: ['{n} 个问题', '{n} problems', '{n} problem'], allAlive: ['全部存活', 'All alive'],
    noServers: ['还没有服务器', 'No server yet'],
    noServersDetail: ['登记第一台服务器后，它会自动出现在这里。', 'The first one appears here by itself as soon as it is enrolled.'],
    firstSteps: ['开始使用', 'First steps'], stepAgent: ['在每台服务器上启动代理程序：', 'Start the agent on each server:'],
    stepPending: ['查看哪些服务器请求登记：', 'See which servers ask to be enrolled:'], stepEnrol: ['登记一台：', 'Enrol one:'],
    waiting: ['等待 Redis', 'Waiting for Redis'],
    waitingDetail: ['服务器状态存放在 Redis 中，目前没有应答。应答后本页会自动更新。',
        'The state of the servers is in Redis, which does not answer. The page goes on by itself as soon as it does.'],
    firstSince: ['最早始于 {time}。', 'The first since {time}.'], since: ['始于 {time}。', 'Since {time}.'],
    quietSince: ['自 {time} 起平静。', 'Quiet since {time}.'], nothingNeeded: ['一切正常。', 'Nothing needs anybody.'],
    serversAlive: ['服务器存活', 'servers alive'], servicesAlive: ['服务存活', 'services alive'], paasAlive: ['PaaS 存活', 'PaaS alive'],
    redisAway: ['Redis 自 {time} 起没有应答。这里显示的是当时的状态。',
        'Redis has not answered since {time}. What stands here is the state of then.'],
    linkLost: ['与服务器的连接已中断，正在重试。这里显示的是 {time} 的状态。',
        'The connection is lost; trying again. What stands here is the state of {time}.'],
    wrongNow: ['当前问题', 'Wrong now'], nothingWrong: ['没有问题。', 'Nothing is wrong.'], paas: ['PaaS', 'PaaS'],
    serverIs: ['服务器 {name} {state}', 'Server {name} {state}'], serviceIs: ['{host} 的 {service} {state}', '{service} on {host} {state}'],
    roleIs: ['{role} {state}', '{role} {state}'],
    servicesWith: ['连带 {n} 个服务故障。', '{n} services died with it.', '{n} service died with it.'],
    servicesUnknown: ['其 {n} 个服务状态未知。', 'Its {n} services are unknown.', 'Its {n} service is unknown.'],
    neverSeen: ['已登记，但代理程序从未报告。', 'It is enrolled, but its agent has never reported.'],
    notHeard: ['没有消息。', 'Nothing is heard of it.'],
    inMaintenance: ['{name} 正在维护', '{name} is in maintenance'], on: ['{host} 的 {service}', '{service} on {host}'],
    affects: ['影响 {roles}。', 'Affects {roles}.'], serve: ['{total} 个实例中 {n} 个可用。', '{n} of {total} instances serve.'],
    and: ['、', ', '],
    rolesAlive: ['{n} 个角色存活', '{n} roles alive', '{n} role alive'], othersAlive: ['其余 {n} 个存活', '{n} others alive', '{n} other alive'],
    moreNotAlive: ['另有 {n} 个未存活', '{n} more not alive'],
    notAlive: ['{n} 个{state}', '{n} {state}'], noRoles: ['还没有角色', 'No roles yet'],
    noTrees: ['还没有服务树。管理员可用 treewarden paas set 建立。', 'There is no service tree yet. An administrator makes one with: treewarden paas set'],
    all: ['全部 {n} 台', 'All {n}'], state: ['状态', 'State'], name: ['名称', 'Name'], ip: ['IP', 'IP'], cpu: ['CPU %', 'CPU %'],
    memory: ['内存 %', 'Memory %'], load: ['负载', 'Load'], services: ['服务', 'Services'], find: ['查找服务器', 'Find a server'],
    noMatch: ['没有服务器匹配“{text}”。', 'No server matches "{text}".'],
    firstOf: ['显示 {total} 台中的前 {n} 台。请用查找缩小范围。', 'The first {n} of {total}. Find narrows them down.'],
    howToEnrol: ['还没有登记任何服务器。在每台服务器上启动 treewarden-agent，然后运行：treewarden enrol IP',
        'No server is enrolled yet. Start treewarden-agent on each server, then run: treewarden enrol IP'],
    noEvents: ['还没有事件。', 'Nothing has happened yet.'], allEvents: ['全部事件', 'All events'],
    eventAlive: ['{name} 存活', '{name} alive'], eventAliveAfter: ['{name} 在 {age} 后恢复', '{name} alive after {age}'],
    eventDied: ['{name} 故障', '{name} died'], eventUnknown: ['{name} 未知：无法检查', '{name} unknown: it cannot be checked'],
    eventStopped: ['{name} 上的代理程序已停止', 'The agent on {name} was stopped'], eventSwept: ['服务器 {name} 故障', 'Server {name} died'],
    eventSweptWith: ['服务器 {name} 故障；连带 {n} 个服务', 'Server {name} died; {n} services with it', 'Server {name} died; {n} service with it'],
    eventMass: ['服务器 {name} 与大部分服务器同时故障：请检查 Redis 和网络', 'Server {name} died with most of the fleet: look at Redis and the network'],
    eventRemoved: ['{name} 不再监控', '{name} is not watched any more'],
    eventConfig: ['{name} 的配置已更改', 'The configuration of {name} changed'], eventVersion: ['{name} 的配置为第 {version} 版', '{name} has configuration {version}'],
    eventRefused: ['{name} 拒绝新配置', '{name} refuses its new configuration'], eventEnrolled: ['{name} 已登记', '{name} was enrolled'],
    eventGone: ['{name} 已移除', '{name} was removed'], eventVanished: ['{name} 的配置不见了；继续使用上一份', 'The configuration of {name} is gone; it goes on with its last one'],
    eventAddress: ['{name} 的地址为 {addresses}', '{name} has the address {addresses}'], eventClock: ['{name} 的时钟与 Redis 相差 {age}', 'The clock of {name} differs from that of Redis by {age}'],
    eventAddressLost: ['{name} 失去了登记的地址，仍继续报告', '{name} lost its enrolled address and reports on'],
    eventAddressBack: ['{name} 恢复了登记的地址', '{name} has its enrolled address again'],
    eventFlaps: ['{name} 状态反复变化：一分钟内 {n} 次', '{name} flaps: {n} changes within a minute'],
    eventSlow: ['{name} 上的代理程序变慢：{probe} 耗时 {took} 毫秒', 'The agent on {name} is slow: {probe} took {took} ms'],
    eventCommand: ['{name}：{action} {outcome}', '{name}: {action} {outcome}'],
    outcomeDone: ['完成', 'done'], outcomeFailed: ['失败', 'failed'], outcomeRefused: ['被拒绝', 'refused'],
    outcomeExpired: ['已过期', 'expired'], outcomeUnknown: ['结果不明', 'unknown'],
    outcomeVerified: ['已恢复存活', 'alive again'], outcomeUnverified: ['未恢复存活', 'not alive again'],
    eventMachine: ['另一台机器 ({machine}) 想以 {name} 的身份上报，已被拒绝', 'Another machine ({machine}) wanted to report as {name} and was turned away'],
    eventMaintenance: ['{name} 维护中，至 {until}', '{name} is in maintenance until {until}'], eventMaintenanceEnd: ['{name} 的维护已结束', 'The maintenance of {name} has ended'],
    eventAlert: ['{name} 报警：{what}', '{name} raises an alert: {what}'], eventAlertEnd: ['{name} 的报警结束：{what}', '{name}, the alert is over: {what}'],
    eventOther: ['{name}：{type}', '{name}: {type}'], theFleet: ['全部服务器', 'the fleet'],
    service: ['服务', 'Service'], sinceHead: ['始于', 'Since'], reason: ['原因', 'Why'], noServices: ['没有监控任何服务。', 'No service is watched here.'],
    facts: ['概况', 'Facts'], system: ['系统', 'System'], kernel: ['内核', 'Kernel'], processor: ['处理器', 'Processor'], cores: ['{n} 核', '{n} cores', '{n} core'],
    virtualization: ['虚拟化', 'Virtualization'], addresses: ['地址', 'Addresses'], agent: ['代理程序', 'Agent'], uptime: ['运行时间', 'Up for'],
    cpuBusy: ['CPU', 'CPU'], memoryUsed: ['内存', 'Memory'], swapUsed: ['交换空间', 'Swap'], loads: ['负载 1、5、15 分钟', 'Load 1, 5, 15 min'],
    disk: ['磁盘读 / 写', 'Disk read / write'], network: ['网络收 / 发', 'Network in / out'], processes: ['进程', 'Processes'], filesystem: ['文件系统 {name}', 'Filesystem {name}'],
    pressure: ['压力 CPU、内存、I/O %', 'Pressure CPU, memory, I/O %'], now: ['当前', 'Now'],
    of: ['{used} / {total}', '{used} of {total}'], perSecond: ['{size}/秒', '{size}/s'],
    notFound: ['没有登记 {name}。', 'No server {name} is enrolled.'], back: ['所有服务器', 'All servers'], loading: ['正在读取…', 'Reading ...'],
    needs: ['依赖 {roles}', 'needs {roles}'], stateOf: ['{time} 的状态', 'State of {time}'], wallView: ['大屏视图', 'Wall view'], json: ['JSON', 'JSON'],
    seconds: ['{n} 秒', '{n} s'], minutes: ['{n} 分钟', '{n} min'], hours: ['{n} 小时', '{n} h'], days: ['{n} 天', '{n} d'], until: ['至 {time}', 'until {time}'],
    moreAlive: ['另有 {n} 台存活', '{n} more alive'],
};

/** The groups of the original's tree; other titles are the administrator's own words. */
export const groups = {
    'Load balancing / reverse proxy': '负载均衡 / 反向代理', 'Web server': 'Web 服务器', Cache: '缓存', Data: '数据', VFS: '虚拟文件系统', RPC: 'RPC',
    SCM: '配置管理', Management: '管理',
};

/** What kept a service from being alive, by the code that the agent sends with its English sentence. */
export const reasons = {
    'process.count': '预期 {least} 个进程，找到 {found} 个',
    'service.flapping': '状态反复变化：{seconds} 秒内 {changes} 次',
    'process.port': '端口 {port} 没有程序监听', 'process.portowner': '端口 {port} 属于另一个程序：监听它的不是进程 {what}',
    'pidfile.unreadable': 'PID 文件 {path} 不存在或其中没有数字', 'pidfile.gone': 'PID 文件 {path} 中的进程 {pid} 没有运行',
    'pidfile.other': 'PID 文件 {path} 中的进程 {pid} 是另一个程序',
    'systemd.state': '单元 {unit} 的状态为 {state}', 'systemd.missing': '本机没有单元 {unit}', 'systemd.failed': '失败的单元：{units}（{count} 个）',
    'systemd.timeout': 'systemd 在 {seconds} 秒内没有通过系统总线应答', 'systemd.bus': '无法通过系统总线 {address} 询问 systemd：{said}',
    'fs.unmounted': '{path} 没有挂载任何文件系统', 'fs.type': '{path} 挂载的是 {type}，不是 {expected}',
    'fs.readonly': '{path} 为只读：挂载时如此，或内核在出错后改为只读', 'fs.space': '{path} 剩余空间 {free}，要求至少 {least}',
    'fs.inodes': '{path} 剩余 inode {free}，要求至少 {least}', 'fs.write': '写入 {path} 失败：{said}', 'fs.error': '{path} 的文件系统报错：{said}',
    'fs.hung': '{path} 的文件系统在 {seconds} 秒内没有应答：其服务器或守护进程已离开', 'fs.denied': '代理程序的用户无权查看或写入 {path}',
    'file.missing': '没有文件 {path}', 'file.old': '{path} 最后写入于 {written}，已超过 {oldest} 秒', 'file.young': '{path} 写入于 {written}，不到 {newest} 秒前',
    'file.large': '{path} 超过 {largest} 字节', 'file.small': '{path} 不足 {smallest} 字节', 'file.text': '{path} 的末尾没有“{text}”',
    'file.pattern': '模式“{text}”在 {path} 上匹配耗时过长：请写得简单些', 'file.denied': '代理程序的用户无法查看 {path}：{said}',
    'listen.none': '没有程序监听符合 {what} 的套接字', 'listen.unreadable': '无法读取内核的监听列表 {path}',
    'check.text': '文本检查“{text}”无法执行：请改用原生探测', 'check.shell': '文本检查“{text}”失败：{why}',
    'socket.timeout': '{target} 的 {subject} 没有及时应答', 'socket.refused': '{target} 没有程序监听', 'socket.unreachable': '无法连接 {target}',
    'socket.closed': '{target} 的 {subject} 未应答就关闭了连接', 'socket.rubbish': '{target} 的 {subject} 应答没有结尾',
    'socket.expect': '{target} 应答“{said}”，其中没有“{expected}”',
    'http.protocol': '{target} 应答“{said}”，这不是 HTTP', 'http.status': '{target} 应答状态 {status}', 'http.text': '{target} 的应答中没有“{text}”',
    'http.slow': '{target} 在 {latency} 毫秒后应答，慢于 {slowest} 毫秒', 'http.certificate': '{target} 的证书 {days} 天后过期，早于要求的 {least} 天',
    'web.note': '{target} 存活，但：{note}', 'varnish.child': '{target} 的 Varnish 的缓存进程没有运行：状态为 {state}',
    'varnish.cli': '{target} 的 Varnish 管理接口：{why}', 'varnish.sick': '{target} 应答状态 {status}；不健康的后端：{backends}',
    'tls.expired': '{host} 的证书已于 {when} 过期', 'tls.early': '{host} 的证书在 {when} 之前无效', 'tls.host': '证书属于 {names}，不属于 {host}',
    'tls.untrusted': '{host} 的证书不受信任：{why}', 'tls.handshake': '无法与 {host} 建立 TLS：{why}', 'tls.unusable': '无法尝试 TLS：{why}',
    'redis.protocol': '{target} 应答“{said}”，这不是 Redis', 'redis.error': '{target} 的 Redis 说：{said}', 'redis.note': '{target} 的 Redis 存活，但说：{said}',
    'redis.text': '{target} 的 Redis 的应答中没有 {what}', 'redis.login': '{target} 的 Redis 存活，但代理程序无法登录：{why}',
    'redis.replication': '{target} 的 Redis 是副本，与主节点的连接已断开', 'redis.persistence': '{target} 的 Redis 上次保存数据失败：请查看其日志',
    'mysql.full': '{target} 的 MySQL 连接数已满', 'mysql.error': '{target} 的 MySQL 说：{said}', 'mysql.note': '{target} 的 MySQL 存活，但说：{said}',
    'mysql.protocol': '{target} 应答“{said}”，这不是 MySQL', 'mysql.login': '{target} 的 MySQL 存活，但代理程序无法登录：{why}',
    'mysql.replication': '{target} 的 MySQL 复制已停止',
    'memcached.full': '{target} 的 memcached 连接数已满', 'memcached.error': '{target} 的 memcached 说：{said}',
    'memcached.note': '{target} 的 memcached 存活，但说：{said}', 'memcached.protocol': '{target} 应答“{said}”，这不是 memcached',
    'gearman.worker': '{target} 的 gearmand 没有处理 {function} 的 worker，{waiting} 个任务在等待',
    'gearman.queue': '{target} 的 gearmand 中有 {waiting} 个任务等待 {function}', 'gearman.protocol': '{target} 应答“{said}”，这不是 gearmand',
    'couchbase.status': '{target} 的 Couchbase 说其节点状态为 {status}', 'couchbase.membership': '{target} 的 Couchbase 不是其集群的活动节点：{membership}',
    'couchbase.login': '{target} 的 Couchbase 存活，但代理程序无法登录：{why}', 'couchbase.unused': '{target} 的 Couchbase 存活，但还不属于任何集群',
    'couchbase.protocol': '{target} 的应答不是 Couchbase 的：{why}',
    'gmond.stale': '{target} 的 gmond 最新的指标是 {age} 秒前的', 'gmond.empty': '{target} 的 gmond 没有指标', 'gmond.protocol': '{target} 的应答不是 gmond 的 XML：{why}',
    'ssh.maxstartups': '{target} 的 sshd 拒绝登录：已超过 MaxStartups', 'ssh.banner': '{target} 应答“{said}”，这不是 SSH',
};

/** What alerts watch. */
const metrics = {
    cpu: ['CPU', 'CPU'], iowait: ['CPU 等待磁盘', 'CPU waiting for disks'], steal: ['被宿主机占用的 CPU', 'CPU stolen by the host'],
    load: ['负载', 'load'], load_per_core: ['每核负载', 'load per core'], memory: ['内存', 'memory'],
    swap: ['交换空间', 'swap'], disk: ['磁盘空间', 'disk space'], inodes: ['inode', 'inodes'],
    disk_busy: ['最忙的磁盘', 'busiest disk'], disk_read: ['磁盘读取', 'disk reads'], disk_write: ['磁盘写入', 'disk writes'],
    pressure_cpu: ['CPU 压力', 'CPU pressure'], pressure_memory: ['内存压力', 'memory pressure'],
    pressure_io: ['I/O 压力', 'I/O pressure'], receive: ['网络接收', 'network in'], transmit: ['网络发送', 'network out'],
    network_errors: ['网络错误', 'network errors'], processes: ['进程数', 'processes'], blocked: ['阻塞的进程', 'blocked processes'],
    ping: ['Ping 时间', 'ping time'], ping_loss: ['丢失的 ping', 'lost pings'], uptime: ['运行时间', 'uptime'],
};

let language = 'en';

export function setLanguage(tag) {
    language = /^zh/i.test(tag) ? 'zh' : 'en';
}

export function isChinese() {
    return language === 'zh';
}

/** The text of `key`; `values.n` chooses singular or plural and is written with separators. */
/** The name of a quantity that alerts watch; one that is not known here stays as it is. */
export function metricName(metric) {
    const [chinese, english] = Object.hasOwn(metrics, metric) ? metrics[metric] : [metric, metric];
    return String((isChinese() ? chinese : english) ?? '?');
}

export function t(key, values = {}) {
    const [chinese, many, one] = texts[key];
    const pattern = isChinese() ? chinese : values.n === 1 && one ? one : many;
    return pattern.replace(/\{(\w+)\}/g, (_, name) => name === 'n' ? number(values.n) : values[name]);
}

function locale() {
    return isChinese() ? 'zh-CN' : 'en-GB';
}

export function number(value, decimals = 0) {
    return Number(value).toLocaleString(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A span of ms in two units at most: "12 s", "6 min", "3 h 18 min", "41 d". */
export function duration(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    if (seconds < 60)
        return t('seconds', { n: seconds });
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60)
        return t('minutes', { n: minutes });
    const hours = Math.floor(minutes / 60);
    if (hours < 24)
        return minutes % 60 ? `${t('hours', { n: hours })} ${t('minutes', { n: minutes % 60 })}` : t('hours', { n: hours });
    const days = Math.floor(hours / 24);
    return days < 10 && hours % 24 ? `${t('days', { n: days })} ${t('hours', { n: hours % 24 })}` : t('days', { n: days });
}

/** "17:20:41" */
export function clock(ms, withSeconds = true) {
    return new Date(ms).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: withSeconds ? '2-digit' : undefined, hourCycle: 'h23' });
}

/** A clock time of today, else with its day. */
export function moment(ms, now) {
    return day(ms) === day(now) ? clock(ms, false) : `${day(ms)} ${clock(ms, false)}`;
}

export function day(ms) {
    return new Date(ms).toLocaleDateString(locale(), { year: 'numeric', month: 'short', day: 'numeric' });
}

export function bytes(count) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
    let at = 0;
    while (count >= 1024 && at < units.length - 1) {
        count /= 1024;
        ++at;
    }
    return `${number(count, at > 0 && count < 100 ? 1 : 0)} ${units[at]}`;
}
