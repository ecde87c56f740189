<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChartRange</name>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 y</source>
        <translation>%1 年</translation>
    </message>
</context>
<context>
    <name>ChartSpec</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>I/O wait</source>
        <translation>I/O 等待</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>page cache</source>
        <translation>页缓存</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>waiting and running tasks</source>
        <translation>等待和运行的任务数</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 分钟</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 分钟</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>压力</translation>
    </message>
    <message>
        <source>% of the time that tasks wait</source>
        <translation>任务等待时间的百分比</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Disk busy</source>
        <translation>磁盘繁忙</translation>
    </message>
    <message>
        <source>% of the busiest</source>
        <translation>最忙磁盘的百分比</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>繁忙</translation>
    </message>
    <message>
        <source>highest of %1 more</source>
        <translation>其余 %1 个中的最高值</translation>
    </message>
    <message>
        <source>Filesystems</source>
        <translation>文件系统</translation>
    </message>
    <message>
        <source>% used</source>
        <translation>已用百分比</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
</context>
<context>
    <name>CliText</name>
    <message>
        <source>Shows and manages a fleet of servers that Treewarden watches.</source>
        <translation>显示并管理 Treewarden 监视的服务器集群。</translation>
    </message>
    <message>
        <source>Verbs (treewarden VERB --help tells more):</source>
        <translation>命令（treewarden VERB --help 查看详情）：</translation>
    </message>
    <message>
        <source>What to do, and its arguments.</source>
        <translation>要做什么，及其参数。</translation>
    </message>
    <message>
        <source>say what to do: %1; --help tells more</source>
        <translation>请说明要做什么：%1；--help 查看详情</translation>
    </message>
    <message>
        <source>there is no verb &apos;%1&apos;; did you mean &apos;%2&apos;? treewarden --help lists all</source>
        <translation>没有命令“%1”；是否要用“%2”？treewarden --help 列出全部命令</translation>
    </message>
    <message>
        <source>Print JSON for programs.</source>
        <translation>输出供程序使用的 JSON。</translation>
    </message>
    <message>
        <source>write it as: treewarden %1; treewarden %2 --help tells more</source>
        <translation>请写成：treewarden %1；treewarden %2 --help 查看详情</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>标准输入</translation>
    </message>
    <message>
        <source>cannot read %1: it is a folder; name a file</source>
        <translation>无法读取 %1：它是目录；请指定文件</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 has more than the %2 that are read: this is no configuration or tree</source>
        <translation>%1 超过可读取的 %2：这不是配置或服务树</translation>
    </message>
    <message>
        <source>%1 is binary: it must be JSON text</source>
        <translation>%1 是二进制文件：必须是 JSON 文本</translation>
    </message>
    <message>
        <source>, by %1</source>
        <translation>，操作者 %1</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>deaths are told this much later: bring Redis nearer, or look for slow commands with SLOWLOG GET</source>
        <translation>故障通知会推迟这么久：让 Redis 离得更近，或用 SLOWLOG GET 查找慢命令</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Treewarden needs Redis 6.2 or newer: update it</source>
        <translation>Treewarden 需要 Redis 6.2 或更新版本：请升级</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>a replica takes no writes: name the master %1:%2 in --redis</source>
        <translation>副本不接受写入：请在 --redis 中指定主节点 %1:%2</translation>
    </message>
    <message>
        <source>no</source>
        <translation>无</translation>
    </message>
    <message>
        <source>append-only file %1, snapshots (save) %2</source>
        <translation>追加文件 (AOF) %1，快照 (save) %2</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>有</translation>
    </message>
    <message>
        <source>Persistence</source>
        <translation>持久化</translation>
    </message>
    <message>
        <source>a restart forgets who is enrolled and all history: CONFIG SET appendonly yes, then CONFIG REWRITE</source>
        <translation>重启会丢失登记信息和全部历史：CONFIG SET appendonly yes，然后 CONFIG REWRITE</translation>
    </message>
    <message>
        <source>Last save</source>
        <translation>上次保存</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Redis may refuse writes until it can save: look at its log and its disk</source>
        <translation>Redis 在能保存之前可能拒绝写入：请查看其日志和磁盘</translation>
    </message>
    <message>
        <source>When memory is full</source>
        <translation>内存满时</translation>
    </message>
    <message>
        <source>Redis would throw keys of servers away: CONFIG SET maxmemory-policy noeviction</source>
        <translation>Redis 会丢弃服务器的键：CONFIG SET maxmemory-policy noeviction</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <translation>%1，无上限</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>nearly full, then writes fail: raise maxmemory, or shorten intervals.keep of the servers</source>
        <translation>快满了，满后写入会失败：提高 maxmemory，或缩短服务器的 intervals.keep</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>nearly all are taken, then agents are refused: raise maxclients</source>
        <translation>几乎用尽，用尽后代理程序会被拒绝：请提高 maxclients</translation>
    </message>
    <message>
        <source>ACL user</source>
        <translation>ACL 用户</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Clock against this host</source>
        <translation>与本机的时钟差</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>ages and leases would look wrong: keep both clocks right with chrony or systemd-timesyncd</source>
        <translation>时长和租约会显示错误：请用 chrony 或 systemd-timesyncd 校准两边的时钟</translation>
    </message>
    <message>
        <source>History, when full</source>
        <translation>历史写满时</translation>
    </message>
    <message>
        <source>it will not fit into maxmemory: raise it, or shorten intervals.keep of the servers</source>
        <translation>maxmemory 容纳不下：请提高它，或缩短服务器的 intervals.keep</translation>
    </message>
    <message>
        <source>it will not fit into the memory of Redis&apos; host: give it more, or shorten intervals.keep of the servers</source>
        <translation>Redis 主机的内存容纳不下：请增加内存，或缩短服务器的 intervals.keep</translation>
    </message>
    <message>
        <source>Redis at %1: %2</source>
        <translation>%1 的 Redis：%2</translation>
    </message>
    <message>
        <source>the connection to Redis at %1 broke before it answered, so this may or may not be done: look before you repeat it (%2)</source>
        <translation>与 %1 的 Redis 的连接在应答之前中断，操作可能已执行，也可能没有：重试前请先查看 (%2)</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>没有及时应答</translation>
    </message>
    <message>
        <source>cannot write to standard output: %1</source>
        <translation>无法写入标准输出：%1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no IP address: write it like 10.0.0.7 or 2001:db8::7</source>
        <translation>“%1”不是 IP 地址：请写成 10.0.0.7 或 2001:db8::7 的形式</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>WHAT</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>FOUND</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>CURE</source>
        <translation>解决办法</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Redis at %1</source>
        <translation>%1 的 Redis</translation>
    </message>
    <message>
        <source>Says whether this Redis is fit for a fleet, with the cure for each warning.</source>
        <translation>说明这个 Redis 是否适合集群使用，并给出每个警告的解决办法。</translation>
    </message>
    <message>
        <source>Changes nothing. Leaves with 0 when Redis answers, whatever the warnings, and with 69 when not.

Examples:
  treewarden check-redis
  treewarden check-redis --redis unix:///run/redis/redis.sock</source>
        <translation>不做任何更改。只要 Redis 应答，无论有无警告，退出码都是 0；否则为 69。

示例：
  treewarden check-redis
  treewarden check-redis --redis unix:///run/redis/redis.sock</translation>
    </message>
    <message>
        <source>%1 is not enrolled: treewarden servers lists all, treewarden enrol %1 adds it</source>
        <translation>%1 没有登记：treewarden servers 列出全部，treewarden enrol %1 登记它</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>config get takes no file: it prints; redirect it with &gt; FILE</source>
        <translation>config get 不需要文件，它直接输出；可用 &gt; FILE 重定向</translation>
    </message>
    <message>
        <source>The configuration is right; services watched: %1.</source>
        <translation>配置正确；监控的服务：%1。</translation>
    </message>
    <message>
        <source>%1 was removed meanwhile: nothing is saved</source>
        <translation>%1 在此期间已被移除：什么都没有保存</translation>
    </message>
    <message>
        <source>Bring your changes into what treewarden config get %1 prints.</source>
        <translation>请把您的更改合并到 treewarden config get %1 的输出中。</translation>
    </message>
    <message>
        <source>name the file: treewarden config set %1 FILE</source>
        <translation>请指定文件：treewarden config set %1 FILE</translation>
    </message>
    <message>
        <source>the file is for another machine than %1 (machine_id): remove the server and enrol it again if it was replaced</source>
        <translation>该文件属于另一台机器，不是 %1 (machine_id)：如果机器已更换，请移除该服务器并重新登记</translation>
    </message>
    <message>
        <source>nothing is saved: the configuration has errors</source>
        <translation>什么都没有保存：配置有错误</translation>
    </message>
    <message>
        <source>--base takes a version, a whole number</source>
        <translation>--base 需要版本号，即整数</translation>
    </message>
    <message>
        <source>%1 has version %2 now; its agent follows at once.</source>
        <translation>%1 现在是第 %2 版；其代理程序会立即采用。</translation>
    </message>
    <message>
        <source>What to do, the server&apos;s address, and a JSON file (- is standard input).</source>
        <translation>要做什么，服务器的地址，以及 JSON 文件（- 表示标准输入）。</translation>
    </message>
    <message>
        <source>The version that FILE was made from.</source>
        <translation>FILE 所依据的版本。</translation>
    </message>
    <message>
        <source>%1 is enrolled. No service is watched yet: treewarden config set %1 FILE</source>
        <translation>%1 已登记。还没有监控任何服务：treewarden config set %1 FILE</translation>
    </message>
    <message>
        <source>%1 is enrolled. Watched there: %2</source>
        <translation>%1 已登记。监控的服务：%2</translation>
    </message>
    <message>
        <source>%1 has not asked to be enrolled: start its agent, or name a configuration with --from FILE</source>
        <translation>%1 没有请求登记：请启动其代理程序，或用 --from FILE 指定配置</translation>
    </message>
    <message>
        <source>%1 is enrolled already: change it with treewarden config set %1 FILE, or remove it first</source>
        <translation>%1 已经登记：请用 treewarden config set %1 FILE 更改，或先移除它</translation>
    </message>
    <message>
        <source>the file is for another machine than the one that asks as %1: take machine_id out of it, or check the address</source>
        <translation>该文件属于另一台机器，不是以 %1 请求登记的那台：请删去 machine_id，或检查地址</translation>
    </message>
    <message>
        <source>%1 is not enrolled: its configuration has errors</source>
        <translation>%1 没有登记：其配置有错误</translation>
    </message>
    <message>
        <source>The server&apos;s address.</source>
        <translation>服务器的地址。</translation>
    </message>
    <message>
        <source>Makes a server one of the fleet.</source>
        <translation>将服务器登记到集群。</translation>
    </message>
    <message>
        <source>Read the configuration from FILE (- is standard input).</source>
        <translation>从 FILE 读取配置（- 表示标准输入）。</translation>
    </message>
    <message>
        <source>; going on when it is back</source>
        <translation>；恢复后继续</translation>
    </message>
    <message>
        <source>Redis answers again; nothing was missed</source>
        <translation>Redis 已恢复应答；没有遗漏任何事件</translation>
    </message>
    <message>
        <source>--last takes a number from 0 to %1, not &apos;%2&apos;</source>
        <translation>--last 需要 0 到 %1 的数字，不能是“%2”</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>还没有事件。</translation>
    </message>
    <message>
        <source>Tells what happened: deaths, recoveries, configurations.</source>
        <translation>列出发生的事件：故障、恢复、配置更改。</translation>
    </message>
    <message>
        <source>--json is a list, the newest first; with --follow one JSON object a line, as they happen.
A follower outlives a Redis that is away for a while and misses nothing. Ctrl+C ends it.

Examples:
  treewarden events --last 20
  treewarden events --follow
  treewarden events --follow --json | jq -r &apos;select(.alive == 0) | .ip&apos;</source>
        <translation>--json 输出列表，最新的在前；加上 --follow 则随事件发生每行输出一个 JSON 对象。
Redis 暂时离开时跟随不会结束，也不会遗漏任何事件。按 Ctrl+C 结束。

示例：
  treewarden events --last 20
  treewarden events --follow
  treewarden events --follow --json | jq -r &apos;select(.alive == 0) | .ip&apos;</translation>
    </message>
    <message>
        <source>Go on and print what happens from now on.</source>
        <translation>持续输出此后发生的事件。</translation>
    </message>
    <message>
        <source>Print this many earlier events first (200; 0 with --follow).</source>
        <translation>先输出这么多条以前的事件（200；使用 --follow 时为 0）。</translation>
    </message>
    <message>
        <source>there is no tree &apos;%1&apos;: treewarden paas list names all</source>
        <translation>没有服务树“%1”：treewarden paas list 列出全部</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>TITLE</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>VERSION</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>ROLES</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>INSTANCES</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>the tree %1 cannot be read: %2</source>
        <translation>无法读取服务树 %1：%2</translation>
    </message>
    <message>
        <source>No tree yet. treewarden paas set dev --template makes one to fill.</source>
        <translation>还没有服务树。treewarden paas set dev --template 建立一棵待填写的服务树。</translation>
    </message>
    <message>
        <source>GROUP</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>ROLE</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>NEEDS</source>
        <translation>依赖</translation>
    </message>
    <message>
        <source>LEAST</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>%1  %2, version %3</source>
        <translation>%1  %2，第 %3 版</translation>
    </message>
    <message>
        <source>name either a file or --template: treewarden paas set %1 FILE</source>
        <translation>请指定文件或 --template 之一：treewarden paas set %1 FILE</translation>
    </message>
    <message>
        <source>nothing is saved: the tree has errors</source>
        <translation>什么都没有保存：服务树有错误</translation>
    </message>
    <message>
        <source>not enrolled, so unknown in the tree: %1</source>
        <translation>没有登记，因此在服务树中为未知：%1</translation>
    </message>
    <message>
        <source>there is a tree %1 already (version %2): --template is for a new one</source>
        <translation>已有服务树 %1（第 %2 版）：--template 只用于新建</translation>
    </message>
    <message>
        <source>there is no tree &apos;%1&apos; any more: save it without --base to make it new</source>
        <translation>服务树“%1”已不存在：不带 --base 保存即可新建</translation>
    </message>
    <message>
        <source>Bring your changes into what treewarden paas show %1 --json prints.</source>
        <translation>请把您的更改合并到 treewarden paas show %1 --json 的输出中。</translation>
    </message>
    <message>
        <source>The tree %1 has version %2 now.</source>
        <translation>服务树 %1 现在是第 %2 版。</translation>
    </message>
    <message>
        <source>The tree %1 is removed; its servers stay enrolled.</source>
        <translation>服务树 %1 已移除；其服务器仍保持登记。</translation>
    </message>
    <message>
        <source>paas knows %1, not &apos;%2&apos;</source>
        <translation>paas 只有 %1，没有“%2”</translation>
    </message>
    <message>
        <source>write it as: treewarden paas list</source>
        <translation>请写成：treewarden paas list</translation>
    </message>
    <message>
        <source>write it as: treewarden paas %1 ID%2</source>
        <translation>请写成：treewarden paas %1 ID%2</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be the id of a tree: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>“%1”不能作为服务树的 ID：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>What to do, the tree&apos;s id, and a JSON file (- is standard input).</source>
        <translation>要做什么，服务树的 ID，以及 JSON 文件（- 表示标准输入）。</translation>
    </message>
    <message>
        <source>Lists, shows, saves and removes service trees.</source>
        <translation>列出、显示、保存和移除服务树。</translation>
    </message>
    <message>
        <source>The template has the groups and roles of a whole platform, to be filled with instances:
paas template ID prints it, paas set ID --template saves it as it is. A save names the version
that it started from: --base, else the &quot;version&quot; in FILE, else the one that stands.

Examples:
  treewarden paas template dev &gt; dev.json
  treewarden paas set dev dev.json
  treewarden paas show dev --json &gt; dev.json
  treewarden paas set dev --template --title &apos;Intranet dev&apos;
  treewarden paas set all --template --from-fleet</source>
        <translation>模板包含整个平台的分组和角色，等待填入实例：
paas template ID 输出模板，paas set ID --template 原样保存模板。保存时会指明所依据的版本：
--base，否则是 FILE 中的 &quot;version&quot;，再否则是当前版本。

示例：
  treewarden paas template dev &gt; dev.json
  treewarden paas set dev dev.json
  treewarden paas show dev --json &gt; dev.json
  treewarden paas set dev --template --title &apos;Intranet dev&apos;
  treewarden paas set all --template --from-fleet</translation>
    </message>
    <message>
        <source>Save the template instead of a file.</source>
        <translation>保存模板，而不是文件。</translation>
    </message>
    <message>
        <source>Fill the template with the services of all servers; roles without one are left out.</source>
        <translation>用所有服务器的服务填充模板；没有服务的角色略去。</translation>
    </message>
    <message>
        <source>The title of the template&apos;s tree.</source>
        <translation>由模板建立的服务树的标题。</translation>
    </message>
    <message>
        <source>servers:pending names &apos;%1&apos;, which is no address: ignored</source>
        <translation>servers:pending 中的“%1”不是地址：已忽略</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>SYSTEM</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>ASKED</source>
        <translation>请求于</translation>
    </message>
    <message>
        <source>SERVICES FOUND</source>
        <translation>发现的服务</translation>
    </message>
    <message>
        <source>No server asks to be enrolled. Start treewarden-agent on one to make it ask.</source>
        <translation>没有服务器请求登记。在服务器上启动 treewarden-agent 即可请求。</translation>
    </message>
    <message>
        <source>Lists the servers that ask to be enrolled.</source>
        <translation>列出请求登记的服务器。</translation>
    </message>
    <message>
        <source>An agent that is not enrolled says so, with the services that it found running.

Examples:
  treewarden pending
  treewarden enrol 10.0.0.7        accept it with these services</source>
        <translation>未登记的代理程序会请求登记，并附上它发现正在运行的服务。

示例：
  treewarden pending
  treewarden enrol 10.0.0.7        连同这些服务一起登记</translation>
    </message>
    <message>
        <source>%1 is not enrolled, so there is nothing to remove; treewarden servers lists all</source>
        <translation>%1 没有登记，无需移除；treewarden servers 列出全部</translation>
    </message>
    <message>
        <source>%1 is removed: its agent ends, and all that Redis knew of it is gone.</source>
        <translation>%1 已移除：其代理程序会结束，Redis 中与它有关的一切都已删除。</translation>
    </message>
    <message>
        <source>Takes a server out of the fleet and deletes what Redis knows of it.</source>
        <translation>将服务器移出集群，并删除 Redis 中与它有关的一切。</translation>
    </message>
    <message>
        <source>A tombstone stays, so that its agent ends too. Enrolling it again takes the tombstone away.

Example:
  treewarden config get 10.0.0.7 &gt; kept.json; treewarden remove 10.0.0.7</source>
        <translation>会留下一个移除标记，使其代理程序也结束。重新登记会清除该标记。

示例：
  treewarden config get 10.0.0.7 &gt; kept.json; treewarden remove 10.0.0.7</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>SINCE</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>CPU %</source>
        <translation>CPU %</translation>
    </message>
    <message>
        <source>MEMORY %</source>
        <translation>内存 %</translation>
    </message>
    <message>
        <source>LOAD</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>SERVICES</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>DIED</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>No server is enrolled. treewarden pending lists those that ask.</source>
        <translation>没有登记任何服务器。treewarden pending 列出请求登记的服务器。</translation>
    </message>
    <message>
        <source>Lists the servers, the worst first.</source>
        <translation>列出服务器，状态最差的在前。</translation>
    </message>
    <message>
        <source>Examples:
  treewarden servers
  treewarden servers --json | jq -r &apos;.[] | select(.alive == 0).ip&apos;</source>
        <translation>示例：
  treewarden servers
  treewarden servers --json | jq -r &apos;.[] | select(.alive == 0).ip&apos;</translation>
    </message>
    <message>
        <source>kernel %1</source>
        <translation>内核 %1</translation>
    </message>
    <message>
        <source>agent %1</source>
        <translation>代理程序 %1</translation>
    </message>
    <message>
        <source>%1 of %2 (%3 %)</source>
        <translation>%1 / %2 (%3 %)</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>%1 % busy, %2 % waiting for disks</source>
        <translation>%1 % 忙碌，%2 % 等待磁盘</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <translation>接收 %1，发送 %2</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>%1 read, %2 written, %3 % busy</source>
        <translation>读取 %1，写入 %2，%3 % 忙碌</translation>
    </message>
    <message>
        <source>No service is watched here: treewarden config set %1 FILE</source>
        <translation>这里没有监控任何服务：treewarden config set %1 FILE</translation>
    </message>
    <message>
        <source>SERVICE</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>WHY</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>the server is not alive</source>
        <translation>服务器未存活</translation>
    </message>
    <message>
        <source>EVENTS</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>never seen: start its agent</source>
        <translation>从未报告：请启动其代理程序</translation>
    </message>
    <message>
        <source>Shows one server: facts, load, services, events.</source>
        <translation>显示一台服务器：概况、负载、服务、事件。</translation>
    </message>
    <message>
        <source>Examples:
  treewarden server 10.0.0.7
  treewarden server 10.0.0.7 --json | jq .workload.cpu.busy</source>
        <translation>示例：
  treewarden server 10.0.0.7
  treewarden server 10.0.0.7 --json | jq .workload.cpu.busy</translation>
    </message>
    <message>
        <source>  version %1</source>
        <translation>  第 %1 版</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>  no instance</source>
        <translation>  没有实例</translation>
    </message>
    <message>
        <source>  needs %1</source>
        <translation>  依赖 %1</translation>
    </message>
    <message>
        <source>  not enrolled</source>
        <translation>  没有登记</translation>
    </message>
    <message>
        <source>  the server is not alive</source>
        <translation>  服务器未存活</translation>
    </message>
    <message>
        <source>  not watched there</source>
        <translation>  那里没有监控它</translation>
    </message>
    <message>
        <source>there is no tree &apos;%1&apos;, nor any other: treewarden paas set %1 --template</source>
        <translation>没有服务树“%1”，也没有其他服务树：treewarden paas set %1 --template</translation>
    </message>
    <message>
        <source>there is no tree &apos;%1&apos;; known are %2</source>
        <translation>没有服务树“%1”；已有 %2</translation>
    </message>
    <message>
        <source>The platform&apos;s id; all without it.</source>
        <translation>平台的 ID；省略则显示全部。</translation>
    </message>
    <message>
        <source>Draws the service trees with the state of every role and instance.</source>
        <translation>画出服务树，以及每个角色和实例的状态。</translation>
    </message>
    <message>
        <source>Examples:
  treewarden tree
  treewarden tree dev --json | jq .health</source>
        <translation>示例：
  treewarden tree
  treewarden tree dev --json | jq .health</translation>
    </message>
    <message>
        <source>: %1</source>
        <translation>：%1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>METRIC</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>LAST</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>AVERAGE</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>MINIMUM</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>MAXIMUM</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>FROM %1</source>
        <translation>自 %1</translation>
    </message>
    <message>
        <source>TIME</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>there is no metric &apos;%1&apos;; did you mean &apos;%2&apos;?</source>
        <translation>没有指标“%1”；是否要用“%2”？</translation>
    </message>
    <message>
        <source>--since takes a time such as 90s, 30m, 24h, 7d, 2w or 1y, up to twenty years, not &apos;%1&apos;</source>
        <translation>--since 需要 90s、30m、24h、7d、2w 或 1y 这样的时长，最长二十年，不能是“%1”</translation>
    </message>
    <message>
        <source>nothing is known of %1 since %2: is its agent running?</source>
        <translation>自 %2 起没有 %1 的任何记录：其代理程序是否在运行？</translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of the history cannot be read and are left out</source>
        <translation>
            <numerusform>%n 段历史无法读取，已略去</numerusform>
        </translation>
    </message>
    <message>
        <source>Shows how a server&apos;s figures were, up to two years back.</source>
        <translation>显示服务器指标的历史，最多可回溯两年。</translation>
    </message>
    <message>
        <source>Without --metric the usual figures, one a line; with it a table over time. Times in JSON and CSV are
Unix milliseconds; each point has the average, minimum and maximum of its step.

Examples:
  treewarden history 10.0.0.7
  treewarden history 10.0.0.7 --since 7d --metric cpu.busy --metric memory.used
  treewarden history 10.0.0.7 --since 1y --csv &gt; year.csv
  treewarden history 10.0.0.7 --json | jq &apos;.series[&quot;cpu.busy&quot;][-1]&apos;</source>
        <translation>不带 --metric 时显示常用指标，每行一个；带上则显示随时间变化的表格。JSON 和 CSV 中的时间是
Unix 毫秒；每个点含其时段内的平均值、最小值和最大值。

示例：
  treewarden history 10.0.0.7
  treewarden history 10.0.0.7 --since 7d --metric cpu.busy --metric memory.used
  treewarden history 10.0.0.7 --since 1y --csv &gt; year.csv
  treewarden history 10.0.0.7 --json | jq &apos;.series[&quot;cpu.busy&quot;][-1]&apos;</translation>
    </message>
    <message>
        <source>How far back: 90s, 30m, 24h (the default), 7d, 2w, 1y.</source>
        <translation>回溯多久：90s、30m、24h（默认）、7d、2w、1y。</translation>
    </message>
    <message>
        <source>A figure such as cpu.busy; may be repeated.</source>
        <translation>指标，例如 cpu.busy；可重复使用。</translation>
    </message>
    <message>
        <source>Print lines of time,metric,average,minimum,maximum.</source>
        <translation>逐行输出 time,metric,average,minimum,maximum。</translation>
    </message>
    <message>
        <source>no package waits</source>
        <translation>没有待更新的软件包</translation>
    </message>
    <message>
        <source>a restart is due</source>
        <translation>需要重启</translation>
    </message>
    <message>
        <source>%1 % of a core, %2, %3 ms a round, %4 rounds skipped</source>
        <translation>占单核 %1 %，%2，每轮 %3 毫秒，跳过 %4 轮</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理程序</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>WORKLOAD</source>
        <translation>负载数据</translation>
    </message>
    <message numerus="yes">
        <source>%n CPU(s)</source>
        <translation>
            <numerusform>%n 个 CPU</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) wait, %1 of them for security</source>
        <translation>
            <numerusform>%n 个软件包待更新，其中 %1 个为安全更新</numerusform>
        </translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>assumes %1 changing numbers a sample, 17.5 bytes for 15 of them</source>
        <translation>按每个样本 %1 个变化的数值估算，每 15 个占 17.5 字节</translation>
    </message>
    <message>
        <source>REMOVED</source>
        <translation>移除于</translation>
    </message>
    <message>
        <source>cannot read the passwords in %1: %2; name a file for --passwords</source>
        <translation>无法读取 %1 中的密码：%2；请为 --passwords 指定文件</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>%1, line %2: a line is the name of a user, a space and its password; mend it, or name another file for --passwords</source>
        <translation>%1 第 %2 行：每行是用户名、一个空格和其密码；请改正，或为 --passwords 指定其他文件</translation>
    </message>
    <message>
        <source>cannot write the passwords to %1: %2</source>
        <translation>无法将密码写入 %1：%2</translation>
    </message>
    <message>
        <source>Nothing is saved; try again.</source>
        <translation>什么都没有保存；请重试。</translation>
    </message>
    <message>
        <source>Save without a signature though the one that stands has one; agents that trust keys ignore it.</source>
        <translation>不签名就保存，即使当前配置已签名；信任密钥的代理程序会忽略它。</translation>
    </message>
    <message>
        <source>nothing is saved: the configuration that stands is signed (key %1) and there is no key to sign this one, so agents that trust keys would ignore it: name your key with --key FILE, or say --unsigned</source>
        <translation>什么都没有保存：当前配置已签名（密钥 %1），而没有密钥可为这份配置签名，因此信任密钥的代理程序会忽略它：请用 --key FILE 指定您的密钥，或使用 --unsigned</translation>
    </message>
    <message>
        <source>Confirms what ends a service or server, in place of typing its name.</source>
        <translation>确认会使服务或服务器停止的操作，代替输入其名称。</translation>
    </message>
    <message>
        <source>nothing was sent: this must be confirmed, on a terminal or with --confirm %1</source>
        <translation>什么都没有发送：此操作须在终端上确认，或用 --confirm %1 确认</translation>
    </message>
    <message>
        <source>Type the name of the host (%1) to go on: </source>
        <translation>输入主机名 (%1) 以继续： </translation>
    </message>
    <message>
        <source>nothing was sent: the host is %1, not &apos;%2&apos;</source>
        <translation>什么都没有发送：主机是 %1，不是“%2”</translation>
    </message>
    <message>
        <source>&apos;%1&apos; names nothing that can be in maintenance: write 10.0.0.7, 10.0.0.7 mysql:3306, paas/dev or paas/dev/mysql</source>
        <translation>“%1”不是可以维护的对象：请写成 10.0.0.7、10.0.0.7 mysql:3306、paas/dev 或 paas/dev/mysql</translation>
    </message>
    <message>
        <source>say on which server: 10.0.0.7 %1</source>
        <translation>请说明在哪台服务器上：10.0.0.7 %1</translation>
    </message>
    <message>
        <source>say what: 10.0.0.7, 10.0.0.7 mysql:3306, paas/dev or paas/dev/mysql</source>
        <translation>请说明对象：10.0.0.7、10.0.0.7 mysql:3306、paas/dev 或 paas/dev/mysql</translation>
    </message>
    <message>
        <source>say how long: --for 2h, or --until 2026-11-27T04:00</source>
        <translation>请说明多久：--for 2h，或 --until 2026-11-27T04:00</translation>
    </message>
    <message>
        <source>--for takes a time such as 90m, 2h or 3d, not &apos;%1&apos;</source>
        <translation>--for 需要 90m、2h 或 3d 这样的时长，不能是“%1”</translation>
    </message>
    <message>
        <source>--until takes a time such as 2026-11-27T04:00, not &apos;%1&apos;</source>
        <translation>--until 需要 2026-11-27T04:00 这样的时间，不能是“%1”</translation>
    </message>
    <message>
        <source>--until is past already</source>
        <translation>--until 的时间已过</translation>
    </message>
    <message>
        <source>a maintenance ends within 30 days: set it again then</source>
        <translation>维护最长 30 天：到时请重新设置</translation>
    </message>
    <message>
        <source>everybody who reaches the port may do everything without a password: treewarden acl prints users with rights</source>
        <translation>能访问该端口的任何人无需密码即可做任何事：treewarden acl 输出设有权限的用户</translation>
    </message>
    <message>
        <source>every program on this host may do everything without a password: treewarden acl prints users with rights</source>
        <translation>本机的任何程序无需密码即可做任何事：treewarden acl 输出设有权限的用户</translation>
    </message>
    <message>
        <source>Sign with the key in FILE (else TREEWARDEN_KEY, [security] key of console.conf, ~/.config/treewarden/signing-key).</source>
        <translation>用 FILE 中的密钥签名（否则用 TREEWARDEN_KEY、console.conf 的 [security] key、~/.config/treewarden/signing-key）。</translation>
    </message>
    <message>
        <source>cannot read the passphrase from %1 (%2): %3</source>
        <translation>无法从 %1 (%2) 读取密码短语：%3</translation>
    </message>
    <message>
        <source>others than its owner may read it: chmod 600 it</source>
        <translation>其所有者以外的用户可以读取它：请对它执行 chmod 600</translation>
    </message>
    <message>
        <source>the key %1 needs its passphrase and there is no terminal to ask on: name a file with it in %2</source>
        <translation>密钥 %1 需要密码短语，但没有可供询问的终端：请在 %2 中指定含有它的文件</translation>
    </message>
    <message>
        <source>Passphrase of the key %1: </source>
        <translation>密钥 %1 的密码短语： </translation>
    </message>
    <message>
        <source>there is no key to sign with: make one with treewarden keygen ~/.config/treewarden/signing-key, or name yours with --key FILE</source>
        <translation>没有可用于签名的密钥：请用 treewarden keygen ~/.config/treewarden/signing-key 生成，或用 --key FILE 指定您的密钥</translation>
    </message>
    <message>
        <source>Do not ask: the answer is yes.</source>
        <translation>不询问，一律回答“是”。</translation>
    </message>
    <message>
        <source>your signature lets this run on %1:</source>
        <translation>您的签名将允许在 %1 上执行：</translation>
    </message>
    <message>
        <source>  and %1 more</source>
        <translation>  另有 %1 个</translation>
    </message>
    <message>
        <source>Sign it? [y/N] </source>
        <translation>要签名吗？[y/N] </translation>
    </message>
    <message>
        <source>nothing was signed</source>
        <translation>什么都没有签名</translation>
    </message>
    <message>
        <source>another machine reports as %1 (machine_id %2) than the enrolled one (%3): look who it is; if the server was replaced: treewarden enrol %1 --replace</source>
        <translation>另一台机器以 %1 的身份报告 (machine_id %2)，不是已登记的那台 (%3)：请查明它是谁；如果服务器已更换：treewarden enrol %1 --replace</translation>
    </message>
    <message>
        <source>no machine has reported as %1 yet, so its configuration is bound to none and runs nothing: sign it again when its agent has started</source>
        <translation>还没有机器以 %1 的身份报告，因此其配置没有绑定任何机器，什么都不会执行：请在其代理程序启动后重新签名</translation>
    </message>
    <message>
        <source>--user takes %1, not &apos;%2&apos;</source>
        <translation>--user 需要 %1，不能是“%2”</translation>
    </message>
    <message>
        <source>--ip and --enrolled are for agents: add --user agent</source>
        <translation>--ip 和 --enrolled 用于代理程序：请加上 --user agent</translation>
    </message>
    <message>
        <source>say which agents: --ip 10.0.0.7 (may be repeated), or --enrolled for all servers of the fleet</source>
        <translation>请说明哪些代理程序：--ip 10.0.0.7（可重复使用），或用 --enrolled 表示集群的所有服务器</translation>
    </message>
    <message>
        <source>the passwords are new and stand nowhere else: keep these lines for yourself, or name a file with --passwords</source>
        <translation>这些密码是新生成的，没有保存在别处：请自行妥善保管这些行，或用 --passwords 指定文件</translation>
    </message>
    <message>
        <source>no agent is among them: add --ip 10.0.0.7 (may be repeated), or --enrolled for all servers of the fleet</source>
        <translation>其中没有代理程序：请加上 --ip 10.0.0.7（可重复使用），或用 --enrolled 表示集群的所有服务器</translation>
    </message>
    <message>
        <source>Prints Redis users with no more rights than needed.</source>
        <translation>输出权限不超过所需的 Redis 用户。</translation>
    </message>
    <message>
        <source>admin, console, web, sweeper, enrol or agent; may be repeated. Without: all, and the default user off.</source>
        <translation>admin、console、web、sweeper、enrol 或 agent；可重复使用。省略则为全部，并停用 default 用户。</translation>
    </message>
    <message>
        <source>An agent of this address; may be repeated.</source>
        <translation>此地址的代理程序；可重复使用。</translation>
    </message>
    <message>
        <source>An agent of each enrolled server; asks Redis.</source>
        <translation>每台已登记服务器的代理程序；会询问 Redis。</translation>
    </message>
    <message>
        <source>Print hashes, and keep the passwords in FILE (a line: name, space, password).</source>
        <translation>输出哈希值，并将密码保存在 FILE 中（每行：名称、空格、密码）。</translation>
    </message>
    <message>
        <source>this file begins</source>
        <translation>此文件开始</translation>
    </message>
    <message>
        <source>%1 begins</source>
        <translation>%1 开始</translation>
    </message>
    <message>
        <source>something ended</source>
        <translation>某项操作结束</translation>
    </message>
    <message numerus="yes">
        <source>%n command(s) rejected that nobody vouches for</source>
        <translation>
            <numerusform>拒绝了 %n 条来源无法证实的命令</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 came again and was not run</source>
        <translation>%1 重复出现，没有执行</translation>
    </message>
    <message>
        <source>configuration %1 of %2 counts</source>
        <translation>%2 的第 %1 版配置生效</translation>
    </message>
    <message>
        <source>configuration %1 of %2 refused</source>
        <translation>%2 的第 %1 版配置被拒绝</translation>
    </message>
    <message>
        <source>the agent has the outcomes up to %1</source>
        <translation>代理程序已取得到 %1 为止的结果</translation>
    </message>
    <message>
        <source>the schedule was looked at</source>
        <translation>已查看计划</translation>
    </message>
    <message>
        <source>, schedule %1</source>
        <translation>，计划 %1</translation>
    </message>
    <message>
        <source>, key %1</source>
        <translation>，密钥 %1</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是目录</translation>
    </message>
    <message>
        <source>%1 is larger than a journal ever is</source>
        <translation>%1 过大，不可能是审计日志</translation>
    </message>
    <message>
        <source>the last line of %1 was torn off, as a crash leaves it</source>
        <translation>%1 的最后一行不完整，像是崩溃所致</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n line(s) that are damaged or no records: it is no journal, or somebody changed it</source>
        <translation>
            <numerusform>%1 有 %n 行已损坏或不是记录：它不是审计日志，或有人改动过</numerusform>
        </translation>
    </message>
    <message>
        <source>A journal, or a copy of one.</source>
        <translation>审计日志，或其副本。</translation>
    </message>
    <message>
        <source>Prints what a server&apos;s executor wrote down of all that was asked of it.</source>
        <translation>输出服务器的执行程序对所有请求的记录。</translation>
    </message>
    <message>
        <source>The executor keeps its journal in /var/lib/treewarden-executor on the server, readable
for root: commands before they begin, their outcomes, refusals, replays, configurations.
Redis is not asked. 65 when lines are damaged.

Example:
  sudo treewarden audit /var/lib/treewarden-executor/journal</source>
        <translation>执行程序的审计日志保存在服务器的 /var/lib/treewarden-executor 中，root
可读：即将开始的命令、其结果、拒绝、重放、配置。
不会询问 Redis。有损坏的行时退出码为 65。

示例：
  sudo treewarden audit /var/lib/treewarden-executor/journal</translation>
    </message>
    <message>
        <source>Also what it writes down for itself alone.</source>
        <translation>也输出它仅供自身使用的记录。</translation>
    </message>
    <message>
        <source>schedule %1</source>
        <translation>计划 %1</translation>
    </message>
    <message>
        <source>WHEN</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>SERVER</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>ACTION</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>TOOK</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>WHO</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>DETAIL</source>
        <translation>详情</translation>
    </message>
    <message>
        <source> in %1</source>
        <translation> 用时 %1</translation>
    </message>
    <message>
        <source>Redis answers again; no outcome was missed</source>
        <translation>Redis 已恢复应答；没有遗漏任何结果</translation>
    </message>
    <message>
        <source>No command has ended yet: treewarden run sends one.</source>
        <translation>还没有命令结束：treewarden run 可发送命令。</translation>
    </message>
    <message>
        <source>Only those of this server.</source>
        <translation>仅此服务器的命令。</translation>
    </message>
    <message>
        <source>Tells what became of commands, who asked for them and why.</source>
        <translation>列出命令的结果、操作者和原因。</translation>
    </message>
    <message>
        <source>--json is a list, the newest first; with --follow one JSON object a line, also of commands
that are accepted or running. Ctrl+C ends it.

Examples:
  treewarden commands --last 20
  treewarden commands 10.0.0.7 --follow</source>
        <translation>--json 输出列表，最新的在前；加上 --follow 则每行输出一个 JSON 对象，也包括
已接受或执行中的命令。按 Ctrl+C 结束。

示例：
  treewarden commands --last 20
  treewarden commands 10.0.0.7 --follow</translation>
    </message>
    <message>
        <source>Print this many earlier outcomes (50; 0 with --follow).</source>
        <translation>输出这么多条以前的结果（50；使用 --follow 时为 0）。</translation>
    </message>
    <message>
        <source>It is not signed: servers that trust keys ignore it, and run nothing.</source>
        <translation>它没有签名：信任密钥的服务器会忽略它，什么都不执行。</translation>
    </message>
    <message>
        <source>It is signed with the key %1.</source>
        <translation>它由密钥 %1 签名。</translation>
    </message>
    <message>
        <source>nothing is signed: the configuration has errors</source>
        <translation>什么都没有签名：配置有错误</translation>
    </message>
    <message>
        <source>BY</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>KEY</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation>更改于</translation>
    </message>
    <message>
        <source>unsigned</source>
        <translation>未签名</translation>
    </message>
    <message>
        <source>no configuration of %1 is remembered: treewarden servers lists the servers that are enrolled</source>
        <translation>没有保留 %1 的任何配置：treewarden servers 列出已登记的服务器</translation>
    </message>
    <message>
        <source>name the version: treewarden config rollback %1 VERSION</source>
        <translation>请指定版本：treewarden config rollback %1 VERSION</translation>
    </message>
    <message>
        <source>version %1 of %2 is not remembered any more: treewarden config history %2 lists those that are</source>
        <translation>%2 的第 %1 版已不再保留：treewarden config history %2 列出保留的版本</translation>
    </message>
    <message>
        <source>config knows get, set, check, sign, history and rollback, not &apos;%1&apos;</source>
        <translation>config 只有 get、set、check、sign、history 和 rollback，没有“%1”</translation>
    </message>
    <message>
        <source>Reads, checks, signs and saves the configuration of a server.</source>
        <translation>读取、检查、签名和保存服务器的配置。</translation>
    </message>
    <message>
        <source>A save names the version that it started from: --base, else the &quot;version&quot; in FILE, else the one
that stands. Where somebody saved in between it is refused, and nothing is lost.
A save is signed where there is a key (treewarden keygen makes one); sign signs what
stands, after it showed what may be run because of it.

Examples:
  treewarden config get 10.0.0.7 &gt; web.json
  treewarden config check 10.0.0.7 web.json
  treewarden config set 10.0.0.7 web.json
  treewarden config sign 10.0.0.7
  treewarden config check 10.0.0.7 --trusted-keys signing-key.pub</source>
        <translation>保存时会指明所依据的版本：--base，否则是 FILE 中的 &quot;version&quot;，再否则是
当前版本。如果其间有人保存过，则会拒绝保存，不会丢失任何内容。
有密钥时保存会签名（treewarden keygen 生成密钥）；sign 先显示因此
允许执行的内容，再为当前配置签名。

示例：
  treewarden config get 10.0.0.7 &gt; web.json
  treewarden config check 10.0.0.7 web.json
  treewarden config set 10.0.0.7 web.json
  treewarden config sign 10.0.0.7
  treewarden config check 10.0.0.7 --trusted-keys signing-key.pub</translation>
    </message>
    <message>
        <source>check: verify the signature with the keys in this file.</source>
        <translation>check：用此文件中的密钥验证签名。</translation>
    </message>
    <message>
        <source>another machine asks as %1 (machine_id %2) than the one that is enrolled there (%3): look who it is; if the server was replaced, say --replace</source>
        <translation>另一台机器以 %1 的身份请求登记 (machine_id %2)，不是那里已登记的那台 (%3)：请查明它是谁；如果服务器已更换，请使用 --replace</translation>
    </message>
    <message>
        <source>the configuration of %1 is bound to no machine, so nothing is run there: sign it again when its agent has started</source>
        <translation>%1 的配置没有绑定任何机器，因此那里什么都不会执行：请在其代理程序启动后重新签名</translation>
    </message>
    <message>
        <source>Takes the services that the server found itself, or the configuration in FILE: a JSON object
of fields such as services, controlled and intervals. The configuration is bound to the
machine that asks, and signed where there is a key (treewarden keygen makes one).

Examples:
  treewarden enrol 10.0.0.7
  treewarden enrol 10.0.0.7 --from web.json
  treewarden-agent --discover | jq &apos;{services: .}&apos; | treewarden enrol 10.0.0.7 --from -</source>
        <translation>采用服务器自己发现的服务，或 FILE 中的配置：一个 JSON 对象，
含 services、controlled 和 intervals 等字段。配置会绑定到请求登记的
机器，有密钥时还会签名（treewarden keygen 生成密钥）。

示例：
  treewarden enrol 10.0.0.7
  treewarden enrol 10.0.0.7 --from web.json
  treewarden-agent --discover | jq &apos;{services: .}&apos; | treewarden enrol 10.0.0.7 --from -</translation>
    </message>
    <message>
        <source>The machine that asks takes the place of the one that is enrolled.</source>
        <translation>请求登记的机器取代已登记的机器。</translation>
    </message>
    <message>
        <source>Passphrase for the new key: </source>
        <translation>新密钥的密码短语： </translation>
    </message>
    <message>
        <source>there is no terminal to ask for a passphrase on: name a file with it in TREEWARDEN_KEY_PASSPHRASE_FILE, or say --no-passphrase</source>
        <translation>没有可供询问密码短语的终端：请在 TREEWARDEN_KEY_PASSPHRASE_FILE 中指定含有它的文件，或使用 --no-passphrase</translation>
    </message>
    <message>
        <source>no passphrase was given, so there is no key; say --no-passphrase to go without one</source>
        <translation>没有输入密码短语，因此没有生成密钥；不需要密码短语时请使用 --no-passphrase</translation>
    </message>
    <message>
        <source>The same once more: </source>
        <translation>请再输入一次： </translation>
    </message>
    <message>
        <source>the passphrases differ, so there is no key: try again</source>
        <translation>两次输入的密码短语不同，因此没有生成密钥：请重试</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 (0600) is the key %2, %3: keep it to yourself, and a copy of it.</source>
        <translation>%1 (0600) 是密钥 %2，%3：请自行妥善保管，并保留一份副本。</translation>
    </message>
    <message>
        <source>Next: append %1 to /etc/treewarden/trusted-keys on each server,</source>
        <translation>接下来：在每台服务器上将 %1 追加到 /etc/treewarden/trusted-keys，</translation>
    </message>
    <message>
        <source>then sign what each server has: treewarden config sign IP --key %1</source>
        <translation>然后为每台服务器的现有配置签名：treewarden config sign IP --key %1</translation>
    </message>
    <message>
        <source>%1 exists already: name another file, a key is never overwritten</source>
        <translation>%1 已存在：请指定其他文件，密钥绝不会被覆盖</translation>
    </message>
    <message>
        <source>The new file that the key is written to.</source>
        <translation>要写入密钥的新文件。</translation>
    </message>
    <message>
        <source>Makes a key that signs configurations and commands.</source>
        <translation>生成用于为配置和命令签名的密钥。</translation>
    </message>
    <message>
        <source>FILE holds the key, which only you may read, encrypted with a passphrase that is asked
for; FILE.pub is the line for the servers that are to trust it. A key that may do less:
end its line there with actions=restart,reload or roles=nginx,mysql.
TREEWARDEN_KEY_PASSPHRASE_FILE names a file with the passphrase, for scripts.

Examples:
  treewarden keygen ~/.config/treewarden/signing-key
  treewarden keygen --name deploy --no-passphrase deploy-key</source>
        <translation>FILE 保存密钥，只有您可以读取，并用询问到的密码短语加密；
FILE.pub 是供信任它的服务器使用的行。要限制密钥的权限：
在那里的行末加上 actions=restart,reload 或 roles=nginx,mysql。
TREEWARDEN_KEY_PASSPHRASE_FILE 指定含有密码短语的文件，供脚本使用。

示例：
  treewarden keygen ~/.config/treewarden/signing-key
  treewarden keygen --name deploy --no-passphrase deploy-key</translation>
    </message>
    <message>
        <source>What people call the key (USER-HOST).</source>
        <translation>密钥的称呼（USER-HOST）。</translation>
    </message>
    <message>
        <source>Do not encrypt it: who can read the file can use it.</source>
        <translation>不加密：能读取该文件的人都能使用它。</translation>
    </message>
    <message>
        <source>write it as: treewarden maintenance list</source>
        <translation>请写成：treewarden maintenance list</translation>
    </message>
    <message>
        <source>Nothing is in maintenance.</source>
        <translation>没有正在维护的对象。</translation>
    </message>
    <message>
        <source>UNTIL</source>
        <translation>至</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>REASON</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>%1 is not enrolled: treewarden servers lists all</source>
        <translation>%1 没有登记：treewarden servers 列出全部</translation>
    </message>
    <message>
        <source>%1 tells of no service %2: is it written right?</source>
        <translation>%1 没有报告服务 %2：是否写对了？</translation>
    </message>
    <message>
        <source>there is no tree &apos;%1&apos;: treewarden paas list shows all; a service is named after its server: 10.0.0.7 mysql:3306</source>
        <translation>没有服务树“%1”：treewarden paas list 列出全部；服务要写在其服务器之后：10.0.0.7 mysql:3306</translation>
    </message>
    <message>
        <source>the tree %1 has no role &apos;%2&apos;: treewarden paas show %1</source>
        <translation>服务树 %1 没有角色“%2”：treewarden paas show %1</translation>
    </message>
    <message>
        <source>say why, in at most %1 letters: --reason &quot;disk swap&quot;</source>
        <translation>请说明原因，最多 %1 个字符：--reason &quot;disk swap&quot;</translation>
    </message>
    <message>
        <source>%1 is in maintenance until %2 (%3 from now).</source>
        <translation>%1 正在维护，至 %2（%3后）。</translation>
    </message>
    <message>
        <source>end is at once; to end it another time, set it anew</source>
        <translation>end 会立即结束；要在其他时间结束，请重新设置</translation>
    </message>
    <message>
        <source>%1 was not in maintenance</source>
        <translation>%1 没有在维护</translation>
    </message>
    <message>
        <source>%1 was not in maintenance: treewarden maintenance list</source>
        <translation>%1 没有在维护：treewarden maintenance list</translation>
    </message>
    <message>
        <source>The maintenance of %1 has ended.</source>
        <translation>%1 的维护已结束。</translation>
    </message>
    <message>
        <source>maintenance knows list, set, end, not &apos;%1&apos;</source>
        <translation>maintenance 只有 list、set、end，没有“%1”</translation>
    </message>
    <message>
        <source>What to do, and servers, services after their server, and trees or roles of them.</source>
        <translation>要做什么，以及服务器、服务（写在其服务器之后）、服务树或其角色。</translation>
    </message>
    <message>
        <source>Says what is down on purpose, so that nobody is alarmed.</source>
        <translation>声明哪些对象是有意停止的，以免引起惊慌。</translation>
    </message>
    <message>
        <source>While something is in maintenance its deaths are no problem and raise no alert; its state is shown
beside. Each maintenance ends by itself, at most 30 days from now; setting it again moves the end.

Examples:
  treewarden maintenance set 10.0.0.7 --for 2h --reason &quot;disk swap&quot;
  treewarden maintenance set 10.0.0.7 mysql:3306 redis:6379 --for 90m --reason upgrade
  treewarden maintenance set paas/dev paas/intranet/mysql --until 2026-11-27T04:00 --reason move
  treewarden maintenance end 10.0.0.7
  treewarden maintenance list</source>
        <translation>对象在维护期间，其故障不算问题，也不会告警；其状态仍会
一并显示。每次维护都会自行结束，最长 30 天；重新设置可更改结束时间。

示例：
  treewarden maintenance set 10.0.0.7 --for 2h --reason &quot;disk swap&quot;
  treewarden maintenance set 10.0.0.7 mysql:3306 redis:6379 --for 90m --reason upgrade
  treewarden maintenance set paas/dev paas/intranet/mysql --until 2026-11-27T04:00 --reason move
  treewarden maintenance end 10.0.0.7
  treewarden maintenance list</translation>
    </message>
    <message>
        <source>How long: 90m, 2h, 3d; at most 30d.</source>
        <translation>多久：90m、2h、3d；最长 30d。</translation>
    </message>
    <message>
        <source>Until when: 2026-11-27T04:00 (here), or with an offset.</source>
        <translation>到何时：2026-11-27T04:00（本地时间），或带时区偏移。</translation>
    </message>
    <message>
        <source>Why; administrators see it, visitors don&apos;t.</source>
        <translation>原因；管理员可见，访客不可见。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>coming back</source>
        <translation>恢复中</translation>
    </message>
    <message>
        <source>settling</source>
        <translation>观察中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>--batch takes a number from 1, --settle seconds from 0 to 3600</source>
        <translation>--batch 需要不小于 1 的数字，--settle 需要 0 到 3600 的秒数</translation>
    </message>
    <message>
        <source>there is no PaaS &apos;%1&apos;; there are: %2</source>
        <translation>没有 PaaS“%1”；已有 %2</translation>
    </message>
    <message>
        <source>%1 has no role &apos;%2&apos;; did you mean &apos;%3&apos;?</source>
        <translation>%1 没有角色“%2”；是否要用“%3”？</translation>
    </message>
    <message>
        <source>stopping after what is under way; Ctrl+C again leaves at once</source>
        <translation>完成正在进行的操作后停止；再按一次 Ctrl+C 立即退出</translation>
    </message>
    <message>
        <source>stopped: %1</source>
        <translation>已停止：%1</translation>
    </message>
    <message>
        <source>stopped, as you asked</source>
        <translation>已按您的要求停止</translation>
    </message>
    <message>
        <source>left; what is under way goes on without me</source>
        <translation>已退出；正在进行的操作会自行继续</translation>
    </message>
    <message>
        <source>there is no instance of %1 to act on</source>
        <translation>%1 没有可操作的实例</translation>
    </message>
    <message>
        <source>nothing was done: %1; --force does it all the same</source>
        <translation>什么都没有做：%1；--force 可强制执行</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no name of an action</source>
        <translation>“%1”不是操作的名称</translation>
    </message>
    <message>
        <source>nothing was done: this must be confirmed, on a terminal or with --yes</source>
        <translation>什么都没有做：此操作须在终端上确认，或用 --yes 确认</translation>
    </message>
    <message>
        <source>Go on? [y/N] </source>
        <translation>要继续吗？[y/N] </translation>
    </message>
    <message>
        <source>nothing was done</source>
        <translation>什么都没有做</translation>
    </message>
    <message>
        <source>The service tree, one of its roles, and what to do.</source>
        <translation>服务树、其中的一个角色，以及要做什么。</translation>
    </message>
    <message>
        <source>Does something to all instances of a role, one after another.</source>
        <translation>对角色的所有实例逐个执行操作。</translation>
    </message>
    <message>
        <source>Shows first which roles lose redundancy or go down, and what depends on them. Instances
that died come first; servers that are not alive, and what is in maintenance, are left
out. Each instance must be done, alive again and stay so before the next one; the first
failure or silence ends it. No role is left with less than it needs without --force.
Ctrl+C stops after what is under way.

Exit codes: 0 all done, 70 stopped on the way, 77 refused, 65 no such tree or role.

Examples:
  treewarden rolling dev nginx restart --dry-run
  treewarden rolling dev nginx restart --batch 2 --reason &quot;new certificate&quot;</source>
        <translation>先显示哪些角色会失去冗余或故障，以及什么依赖它们。故障的
实例在前；未存活的服务器和正在维护的对象会略去。
每个实例必须完成、恢复存活并保持存活，才轮到下一个；
一旦失败或没有应答即结束。不带 --force 时，不会使任何角色低于所需的数量。
按 Ctrl+C 会在完成正在进行的操作后停止。

退出码：0 全部完成，70 中途停止，77 被拒绝，65 没有此服务树或角色。

示例：
  treewarden rolling dev nginx restart --dry-run
  treewarden rolling dev nginx restart --batch 2 --reason &quot;new certificate&quot;</translation>
    </message>
    <message>
        <source>So many instances at once (1).</source>
        <translation>同时操作这么多个实例（1）。</translation>
    </message>
    <message>
        <source>An instance must stay alive so long (3).</source>
        <translation>实例必须保持存活这么久（3）。</translation>
    </message>
    <message>
        <source>Why; it is kept with the outcomes.</source>
        <translation>原因；与结果一起保存。</translation>
    </message>
    <message>
        <source>Also the last living instance, and what is in maintenance.</source>
        <translation>也包括最后一个存活的实例，以及正在维护的对象。</translation>
    </message>
    <message>
        <source>Show what would happen, and leave.</source>
        <translation>显示将会发生什么，然后退出。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no name: roles, instances and actions are 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>“%1”不是名称：角色、实例和操作须为 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>--reason takes at most %1 characters</source>
        <translation>--reason 最多 %1 个字符</translation>
    </message>
    <message>
        <source>--timeout takes seconds, more than 0 and at most 86400</source>
        <translation>--timeout 需要秒数，大于 0 且不超过 86400</translation>
    </message>
    <message>
        <source>it goes on without me: treewarden commands --follow tells the rest</source>
        <translation>它会自行继续：treewarden commands --follow 查看后续</translation>
    </message>
    <message>
        <source>The server, the service on it (system default: the server itself), and what to do.</source>
        <translation>服务器、其上的服务（system default：服务器本身），以及要做什么。</translation>
    </message>
    <message>
        <source>Restarts, starts, stops … a service or server.</source>
        <translation>重启、启动、停止…服务或服务器。</translation>
    </message>
    <message>
        <source>Actions are those under &quot;controlled&quot; in the server&apos;s configuration, and refresh and
ping. The command is signed (treewarden keygen makes a key), runs at most once, and
expires after 30 s. It is followed to its end; --wait also waits until the service&apos;s own
check is alive again. stop, and restart and shutdown of system, must be confirmed.

Exit codes: 0 done (with --wait: and alive again), 77 refused, 70 failed, unknown or not
alive again, 69 no answer, expired, not alive, or Redis is away, 68 not enrolled,
65 no such action, 78 no key.

Examples:
  treewarden run 10.0.0.7 nginx default restart --wait --reason &quot;new certificate&quot;
  treewarden run 10.0.0.7 system default restart --confirm web-03</source>
        <translation>可用的操作是服务器配置中 &quot;controlled&quot; 下的操作，以及 refresh 和
ping。命令会签名（treewarden keygen 生成密钥），最多执行一次，
30 秒后过期。会一直跟随到命令结束；--wait 还会等到服务自身的
检查恢复存活。stop，以及 system 的 restart 和 shutdown，必须确认。

退出码：0 完成（使用 --wait 时：并已恢复存活），77 被拒绝，70 失败、未知或未
恢复存活，69 没有应答、已过期、未存活或 Redis 已离开，68 没有登记，
65 没有此操作，78 没有密钥。

示例：
  treewarden run 10.0.0.7 nginx default restart --wait --reason &quot;new certificate&quot;
  treewarden run 10.0.0.7 system default restart --confirm web-03</translation>
    </message>
    <message>
        <source>Why; it is kept with the outcome.</source>
        <translation>原因；与结果一起保存。</translation>
    </message>
    <message>
        <source>Wait until the service is alive again, too.</source>
        <translation>还要等到服务恢复存活。</translation>
    </message>
    <message>
        <source>Leave as soon as the command is sent.</source>
        <translation>命令发送后立即退出。</translation>
    </message>
    <message>
        <source>Wait at most so long; the command goes on.</source>
        <translation>最多等待这么久；命令会继续执行。</translation>
    </message>
    <message>
        <source>Send it though the server does not seem to be alive.</source>
        <translation>即使服务器看来未存活也发送。</translation>
    </message>
    <message>
        <source>write it as: treewarden schedule list IP, add IP ID CRON ROLE INSTANCE ACTION, remove IP ID, enable IP ID or disable IP ID; CRON in quotes, such as &quot;30 3 * * mon-fri&quot;</source>
        <translation>请写成：treewarden schedule list IP、add IP ID CRON ROLE INSTANCE ACTION、remove IP ID、enable IP ID 或 disable IP ID；CRON 要加引号，例如 &quot;30 3 * * mon-fri&quot;</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1（%2后）</translation>
    </message>
    <message>
        <source>Nothing is scheduled: treewarden schedule add --help.</source>
        <translation>没有计划任何操作：treewarden schedule add --help。</translation>
    </message>
    <message>
        <source>ENABLED</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>NEXT</source>
        <translation>下次</translation>
    </message>
    <message>
        <source>the configuration of %1 has errors, so it runs nothing: treewarden config check %1 lists them</source>
        <translation>%1 的配置有错误，因此什么都不执行：treewarden config check %1 列出错误</translation>
    </message>
    <message>
        <source>schedule is no list: mend it with treewarden config set</source>
        <translation>schedule 不是列表：请用 treewarden config set 改正</translation>
    </message>
    <message>
        <source>%1 %2 has version %3 now.</source>
        <translation>%1%2 现在是第 %3 版。</translation>
    </message>
    <message>
        <source>there is no entry &apos;%1&apos; in the schedule</source>
        <translation>计划中没有条目“%1”</translation>
    </message>
    <message>
        <source>: it is empty</source>
        <translation>：计划为空</translation>
    </message>
    <message>
        <source>; did you mean &apos;%1&apos;?</source>
        <translation>；是否要用“%1”？</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is scheduled.</source>
        <translation>“%1”已列入计划。</translation>
    </message>
    <message>
        <source>there is an entry &apos;%1&apos; already: remove it first, or choose another id</source>
        <translation>已有条目“%1”：请先移除它，或选用其他 ID</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is scheduled no more.</source>
        <translation>“%1”已移出计划。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is enabled.</source>
        <translation>“%1”已启用。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is disabled.</source>
        <translation>“%1”已停用。</translation>
    </message>
    <message>
        <source>--%1 goes with schedule add only</source>
        <translation>--%1 只能用于 schedule add</translation>
    </message>
    <message>
        <source>What to do, the server&apos;s address, the entry&apos;s id; for add also when, role, instance and action.</source>
        <translation>要做什么，服务器的地址，条目的 ID；add 还需要时间、角色、实例和操作。</translation>
    </message>
    <message>
        <source>Shows and changes what a server runs by itself, and when.</source>
        <translation>显示和更改服务器自行执行的操作及其时间。</translation>
    </message>
    <message>
        <source>CRON is minute, hour, day of month, month and day of week, in quotes, with names, ranges, steps and lists,
or @hourly, @daily, @weekly, @monthly, @yearly. Its times are those of --timezone (UTC). ACTION stands in
&quot;controlled&quot; of the configuration. NEXT is this machine&apos;s time.

Examples:
  treewarden schedule list 10.0.0.7
  treewarden schedule add 10.0.0.7 nightly &quot;30 3 * * mon-fri&quot; nginx 80 restart --timezone Europe/Berlin --not-while maintenance
  treewarden schedule disable 10.0.0.7 nightly</source>
        <translation>CRON 为分钟、小时、日期、月份和星期，要加引号，可用名称、范围、步长和列表，
或 @hourly、@daily、@weekly、@monthly、@yearly。其时间以 --timezone (UTC) 为准。ACTION 须在
配置的 &quot;controlled&quot; 中。“下次”为本机时间。

示例：
  treewarden schedule list 10.0.0.7
  treewarden schedule add 10.0.0.7 nightly &quot;30 3 * * mon-fri&quot; nginx 80 restart --timezone Europe/Berlin --not-while maintenance
  treewarden schedule disable 10.0.0.7 nightly</translation>
    </message>
    <message>
        <source>Whose clock CRON is about (UTC).</source>
        <translation>CRON 所依据的时区 (UTC)。</translation>
    </message>
    <message>
        <source>What becomes of times that passed while the server was down: skip, or run once for all of them (skip).</source>
        <translation>服务器停机期间错过的时间如何处理：skip 跳过，或 run 合并执行一次（skip）。</translation>
    </message>
    <message>
        <source>Skip while this goes on: maintenance, or the id of another entry. May be repeated.</source>
        <translation>在此期间跳过：maintenance，或另一个条目的 ID。可重复使用。</translation>
    </message>
    <message>
        <source>nothing was signed: nobody can be asked here; say --yes when you have read the list</source>
        <translation>什么也没有签名：这里无人可问；读完列表后请加上 --yes</translation>
    </message>
    <message>
        <source>Lines for Redis 7.0&apos;s aclfile, or for ACL SETUSER after their first word; nothing is changed anywhere.
Each agent has a user of its own. With --passwords the lines carry hashes, and FILE keeps the passwords:
a user that stands there already keeps its own. docs/security.md says what each may do.

Examples:
  treewarden acl --enrolled --passwords ~/redis-users &gt; users.acl
  treewarden acl --user agent --ip 10.0.0.7 --passwords ~/redis-users |
      sed &apos;s/^user/ACL SETUSER/&apos; | REDISCLI_AUTH=PASSWORD redis-cli --user admin</source>
        <translation>输出的行用于 Redis 7.0 的 aclfile，去掉第一个词后也可用于 ACL SETUSER；不会更改任何地方。
每个代理程序有自己的用户。使用 --passwords 时，各行含哈希值，密码保存在 FILE 中：
其中已有的用户保留自己的密码。docs/security.md 说明每个用户可以做什么。

示例：
  treewarden acl --enrolled --passwords ~/redis-users &gt; users.acl
  treewarden acl --user agent --ip 10.0.0.7 --passwords ~/redis-users |
      sed &apos;s/^user/ACL SETUSER/&apos; | REDISCLI_AUTH=PASSWORD redis-cli --user admin</translation>
    </message>
</context>
<context>
    <name>ConfigText</name>
    <message>
        <source>&apos;:port:&apos; has no value here: the instance&apos;s name is no port and the role has no usual one; name the instance by its port or write the number</source>
        <translation>这里的“:port:”没有值：实例名不是端口，角色也没有常用端口；请用端口命名实例，或写出数字</translation>
    </message>
    <message>
        <source>must be a shell text of 1 to %1 printable characters, such as &quot;ps aux | grep sshd | wc -l&quot;</source>
        <translation>必须是 1 到 %1 个可打印字符的 shell 文本，例如 &quot;ps aux | grep sshd | wc -l&quot;</translation>
    </message>
    <message>
        <source>unknown type, kept but without meaning; known is &quot;info&quot;</source>
        <translation>未知类型，予以保留但没有作用；已知的是 &quot;info&quot;</translation>
    </message>
    <message>
        <source>must be the name of a probe: %1 or auto</source>
        <translation>必须是探测的名称：%1 或 auto</translation>
    </message>
    <message>
        <source>there is no automatic probe for the role &apos;%1&apos;; name one of %2</source>
        <translation>角色“%1”没有自动探测；请指定 %2 之一</translation>
    </message>
    <message>
        <source>must be a number of seconds from %1 to %2</source>
        <translation>必须是 %1 到 %2 的秒数</translation>
    </message>
    <message>
        <source>has both &quot;cmd&quot; and &quot;probe&quot;: keep one of them</source>
        <translation>同时有 &quot;cmd&quot; 和 &quot;probe&quot;：请保留其中一个</translation>
    </message>
    <message>
        <source>must be a check: {&quot;cmd&quot;:&quot;…&quot;} or {&quot;probe&quot;:&quot;…&quot;}</source>
        <translation>必须是检查：{&quot;cmd&quot;:&quot;…&quot;} 或 {&quot;probe&quot;:&quot;…&quot;}</translation>
    </message>
    <message>
        <source>stands twice, and only the last would count; delete one</source>
        <translation>出现两次，只有最后一个有效；请删除一个</translation>
    </message>
    <message>
        <source>unknown field, kept as it is; did you mean &apos;%1&apos;?</source>
        <translation>未知字段，原样保留；是否要写“%1”？</translation>
    </message>
    <message>
        <source>unknown field, kept as it is; known here: %1</source>
        <translation>未知字段，原样保留；这里已知的有：%1</translation>
    </message>
    <message>
        <source>%1 more of this kind; mend these first</source>
        <translation>还有 %1 个此类问题；请先改正这些</translation>
    </message>
    <message>
        <source>must be a list of words such as [&quot;/usr/sbin/nginx&quot;,&quot;-s&quot;,&quot;reload&quot;]</source>
        <translation>必须是词的列表，例如 [&quot;/usr/sbin/nginx&quot;,&quot;-s&quot;,&quot;reload&quot;]</translation>
    </message>
    <message>
        <source>must be a command line of at most %1 printable characters</source>
        <translation>必须是最多 %1 个可打印字符的命令行</translation>
    </message>
    <message>
        <source>must be a command line, {&quot;unit&quot;:&quot;NAME.service&quot;} or {&quot;argv&quot;:[&quot;PROGRAM&quot;,…]}</source>
        <translation>必须是命令行、{&quot;unit&quot;:&quot;NAME.service&quot;} 或 {&quot;argv&quot;:[&quot;PROGRAM&quot;,…]}</translation>
    </message>
    <message>
        <source>must be the name of a systemd unit such as &quot;nginx.service&quot;</source>
        <translation>必须是 systemd 单元的名称，例如 &quot;nginx.service&quot;</translation>
    </message>
    <message>
        <source>must be a number of seconds from 1 to %1</source>
        <translation>必须是 1 到 %1 的秒数</translation>
    </message>
    <message>
        <source>is no name of an action: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>不是操作的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>never runs, for the role is protected; remove the action or the protection</source>
        <translation>永远不会执行，因为该角色受保护；请删除该操作或取消保护</translation>
    </message>
    <message>
        <source>is no name of a role: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>不是角色的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>must be an object: {&quot;default&quot;:{&quot;restart&quot;:…}}</source>
        <translation>必须是对象：{&quot;default&quot;:{&quot;restart&quot;:…}}</translation>
    </message>
    <message>
        <source>is no name of an instance: write the instance&apos;s name, or default for all</source>
        <translation>不是实例的名称：请写实例名，或用 default 表示全部</translation>
    </message>
    <message>
        <source>must be an object: {&quot;restart&quot;:…}</source>
        <translation>必须是对象：{&quot;restart&quot;:…}</translation>
    </message>
    <message>
        <source>must be an object of seconds: {&quot;1s&quot;:86400,&quot;1m&quot;:1209600,&quot;1h&quot;:63072000}</source>
        <translation>必须是秒数的对象：{&quot;1s&quot;:86400,&quot;1m&quot;:1209600,&quot;1h&quot;:63072000}</translation>
    </message>
    <message>
        <source>must be a whole number of seconds from 60 to %1</source>
        <translation>必须是 60 到 %1 的整数秒</translation>
    </message>
    <message>
        <source>%1 s is not longer than the heartbeat of %2 s, so a healthy server would be taken for dead; give it %3 s</source>
        <translation>%1 秒不长于 %2 秒的心跳，健康的服务器会被误判为故障；请设为 %3 秒</translation>
    </message>
    <message>
        <source>%1 s forgives no missed heartbeat of %2 s; %3 s is usual</source>
        <translation>%1 秒不容许错过一次 %2 秒的心跳；通常为 %3 秒</translation>
    </message>
    <message>
        <source>the tree</source>
        <translation>服务树</translation>
    </message>
    <message>
        <source>must be a text of at most %1 characters</source>
        <translation>必须是最多 %1 个字符的文本</translation>
    </message>
    <message>
        <source>must name the platform: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>必须写出平台的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>is &apos;%1&apos;, but this is to be &apos;%2&apos;; make them the same</source>
        <translation>是“%1”，但这里应是“%2”；请使两者一致</translation>
    </message>
    <message>
        <source>must be a whole number of 0 or more</source>
        <translation>必须是不小于 0 的整数</translation>
    </message>
    <message>
        <source>must be a list of at most %1 roles: [{&quot;role&quot;:&quot;nginx&quot;,&quot;instances&quot;:[…]}]</source>
        <translation>必须是最多 %1 个角色的列表：[{&quot;role&quot;:&quot;nginx&quot;,&quot;instances&quot;:[…]}]</translation>
    </message>
    <message>
        <source>must be an object: {&quot;role&quot;:&quot;nginx&quot;,&quot;instances&quot;:[…]}</source>
        <translation>必须是对象：{&quot;role&quot;:&quot;nginx&quot;,&quot;instances&quot;:[…]}</translation>
    </message>
    <message>
        <source>must name the role: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>必须写出角色的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>the role %1 stands twice in the group &apos;%2&apos;; put its instances together</source>
        <translation>角色 %1 在分组“%2”中出现两次；请合并其实例</translation>
    </message>
    <message>
        <source>must be a list of roles: [&quot;apache&quot;]</source>
        <translation>必须是角色的列表：[&quot;apache&quot;]</translation>
    </message>
    <message>
        <source>must name roles: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>必须写出各角色的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>must be a whole number of 1 or more: how many instances must live</source>
        <translation>必须是不小于 1 的整数：至少需要多少个实例存活</translation>
    </message>
    <message>
        <source>asks for %1 living instances of %2, so the role shows died; lower it or add instances</source>
        <translation>要求 %2 个实例中有 %1 个存活，因此该角色显示为故障；请降低要求或增加实例</translation>
    </message>
    <message>
        <source>must be a list: [{&quot;ip&quot;:&quot;10.0.0.7&quot;,&quot;instance&quot;:&quot;default&quot;}]</source>
        <translation>必须是列表：[{&quot;ip&quot;:&quot;10.0.0.7&quot;,&quot;instance&quot;:&quot;default&quot;}]</translation>
    </message>
    <message>
        <source>brings the tree above %1 instances; split it</source>
        <translation>使服务树超过 %1 个实例；请拆分</translation>
    </message>
    <message>
        <source>%1 stands twice; delete one</source>
        <translation>%1 出现两次；请删除一个</translation>
    </message>
    <message>
        <source>must be the address of a server such as &quot;10.0.0.7&quot;</source>
        <translation>必须是服务器的地址，例如 &quot;10.0.0.7&quot;</translation>
    </message>
    <message>
        <source>must name the instance as the server&apos;s configuration does, such as &quot;default&quot;</source>
        <translation>必须与服务器配置中的实例名一致，例如 &quot;default&quot;</translation>
    </message>
    <message>
        <source>%1 needs %2, which is no role of this tree; add it or take it out</source>
        <translation>%1 依赖 %2，但它不是此服务树的角色；请添加它或删去该依赖</translation>
    </message>
    <message>
        <source>%1 is a cycle: a role can&apos;t need itself; take one of these needs out</source>
        <translation>%1 是循环：角色不能依赖自身；请删去其中一个依赖</translation>
    </message>
    <message>
        <source>must be a text such as &quot;redis-server&quot;</source>
        <translation>必须是文本，例如 &quot;redis-server&quot;</translation>
    </message>
    <message>
        <source>must be a text or a list of texts</source>
        <translation>必须是文本或文本的列表</translation>
    </message>
    <message>
        <source>must be an address or a host name such as &quot;127.0.0.1&quot;</source>
        <translation>必须是地址或主机名，例如 &quot;127.0.0.1&quot;</translation>
    </message>
    <message>
        <source>must be a port, a number from 1 to 65535</source>
        <translation>必须是端口，即 1 到 65535 的数字</translation>
    </message>
    <message>
        <source>must be a path that starts with &apos;/&apos;</source>
        <translation>必须是以“/”开头的路径</translation>
    </message>
    <message>
        <source>must be a URL such as &quot;http://127.0.0.1:80/&quot;</source>
        <translation>必须是 URL，例如 &quot;http://127.0.0.1:80/&quot;</translation>
    </message>
    <message>
        <source>must be a whole number of 1 or more</source>
        <translation>必须是不小于 1 的整数</translation>
    </message>
    <message>
        <source>must be a whole number of seconds up to 3600</source>
        <translation>必须是不超过 3600 的整数秒</translation>
    </message>
    <message>
        <source>must be an HTTP status such as 200, a list of them, or &quot;any&quot;</source>
        <translation>必须是 HTTP 状态，例如 200，或状态的列表，或 &quot;any&quot;</translation>
    </message>
    <message>
        <source>the %1 probe needs a port: the instance&apos;s name is no number and the role has no usual one; write &quot;port&quot;:NUMBER</source>
        <translation>%1 探测需要端口：实例名不是数字，角色也没有常用端口；请写 &quot;port&quot;:NUMBER</translation>
    </message>
    <message>
        <source>the unix probe needs the path of its socket: write &quot;path&quot;:&quot;/run/…&quot;</source>
        <translation>unix 探测需要套接字的路径：请写 &quot;path&quot;:&quot;/run/…&quot;</translation>
    </message>
    <message>
        <source>the http probe needs a url: write &quot;url&quot;:&quot;http://127.0.0.1:80/&quot;</source>
        <translation>http 探测需要 URL：请写 &quot;url&quot;:&quot;http://127.0.0.1:80/&quot;</translation>
    </message>
    <message>
        <source>there is no probe &apos;%1&apos;; known are %2 and auto</source>
        <translation>没有探测“%1”；已知的有 %2 和 auto</translation>
    </message>
    <message>
        <source>the configuration of %1 has %2 bytes, more than the %3 that are read: shorten it</source>
        <translation>%1 的配置有 %2 字节，超过可读取的 %3：请缩短</translation>
    </message>
    <message>
        <source>this field</source>
        <translation>此字段</translation>
    </message>
    <message>
        <source>must be an object: {…}</source>
        <translation>必须是对象：{…}</translation>
    </message>
    <message>
        <source>must be a list of at most %1 hosts: [&quot;10.0.0.1&quot;]</source>
        <translation>必须是最多 %1 个主机的列表：[&quot;10.0.0.1&quot;]</translation>
    </message>
    <message>
        <source>must be an address or a host name such as &quot;10.0.0.1&quot;</source>
        <translation>必须是地址或主机名，例如 &quot;10.0.0.1&quot;</translation>
    </message>
    <message>
        <source>must be at most 64 characters: the content of /etc/machine-id</source>
        <translation>最多 64 个字符：/etc/machine-id 的内容</translation>
    </message>
    <message>
        <source>is no name of an instance: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>不是实例的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>has %1 services, more than the %2 that one server may have</source>
        <translation>有 %1 个服务，超过一台服务器允许的 %2 个</translation>
    </message>
    <message>
        <source>must be an object: {&quot;alive&quot;:{&quot;probe&quot;:&quot;auto&quot;}}</source>
        <translation>必须是对象：{&quot;alive&quot;:{&quot;probe&quot;:&quot;auto&quot;}}</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>必须是 true 或 false</translation>
    </message>
    <message>
        <source>missing, so the service stays unknown; write {&quot;probe&quot;:&quot;…&quot;}</source>
        <translation>缺失，因此服务保持未知；请写 {&quot;probe&quot;:&quot;…&quot;}</translation>
    </message>
    <message>
        <source>must be an object: {&quot;default&quot;:{&quot;alive&quot;:{&quot;probe&quot;:&quot;auto&quot;}}}</source>
        <translation>必须是对象：{&quot;default&quot;:{&quot;alive&quot;:{&quot;probe&quot;:&quot;auto&quot;}}}</translation>
    </message>
    <message>
        <source>must be a percentage from 0 to 100</source>
        <translation>必须是 0 到 100 的百分比</translation>
    </message>
    <message>
        <source>must be a number of bytes or a text such as &quot;20G&quot;</source>
        <translation>必须是字节数，或 &quot;20G&quot; 这样的文本</translation>
    </message>
    <message>
        <source>must be a part such as &quot;10%&quot; or a size such as &quot;20G&quot;</source>
        <translation>必须是比例，例如 &quot;10%&quot;，或大小，例如 &quot;20G&quot;</translation>
    </message>
    <message>
        <source>must be a whole number of seconds up to ten years</source>
        <translation>必须是不超过十年的整数秒</translation>
    </message>
    <message>
        <source>must be a regular expression of 1 to 512 characters</source>
        <translation>必须是 1 到 512 个字符的正则表达式</translation>
    </message>
    <message>
        <source>is no regular expression: %1</source>
        <translation>不是正则表达式：%1</translation>
    </message>
    <message>
        <source>must be the name of a unit such as &quot;nginx.service&quot;</source>
        <translation>必须是单元的名称，例如 &quot;nginx.service&quot;</translation>
    </message>
    <message>
        <source>the process probe needs a name, arguments, an executable, a pidfile or a port to know its process by</source>
        <translation>process 探测需要名称、参数、可执行文件、PID 文件或端口，才能识别其进程</translation>
    </message>
    <message>
        <source>the %1 probe needs a path: write &quot;path&quot;:&quot;/data&quot;</source>
        <translation>%1 探测需要路径：请写 &quot;path&quot;:&quot;/data&quot;</translation>
    </message>
    <message>
        <source>must be one of %1</source>
        <translation>必须是 %1 之一</translation>
    </message>
    <message>
        <source>minute</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>day of month</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>day of week</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>@reboot is no time; let the system start the service (systemctl enable), or write a time such as @daily</source>
        <translation>@reboot 不是时间；请让系统启动该服务 (systemctl enable)，或写 @daily 这样的时间</translation>
    </message>
    <message>
        <source>there is no &apos;%1&apos;; did you mean %2?</source>
        <translation>没有“%1”；是否要写 %2？</translation>
    </message>
    <message>
        <source>a cron expression has at most %1 characters</source>
        <translation>cron 表达式最多 %1 个字符</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has %2 fields where five are needed: minute, hour, day of month, month, day of week, such as 30 3 * * mon-fri</source>
        <translation>“%1”有 %2 个字段，需要五个：分钟、小时、日期、月份、星期，例如 30 3 * * mon-fri</translation>
    </message>
    <message>
        <source>%1 &apos;%2&apos;: %3</source>
        <translation>%1“%2”：%3</translation>
    </message>
    <message>
        <source>the range %1 begins after its end; write it as two, such as %2-%3,%4-%5</source>
        <translation>范围 %1 的起点在终点之后；请写成两个，例如 %2-%3,%4-%5</translation>
    </message>
    <message>
        <source>a step needs a range; write %1-%2/%3</source>
        <translation>步长需要范围；请写 %1-%2/%3</translation>
    </message>
    <message>
        <source>the step after / must be a number from 1 to %1</source>
        <translation>/ 之后的步长必须是 1 到 %1 的数字</translation>
    </message>
    <message>
        <source>%1 is out of range; write %2 to %3</source>
        <translation>%1 超出范围；请写 %2 到 %3</translation>
    </message>
    <message>
        <source> or a name such as %1</source>
        <translation> 或 %1 这样的名称</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not understood; write *, a number from %2 to %3%4, a range a-b, a step */n, or a list of them</source>
        <translation>无法识别“%1”；请写 *、%2 到 %3 的数字%4、范围 a-b、步长 */n，或它们的列表</translation>
    </message>
    <message>
        <source>must be an object: {&quot;id&quot;:…,&quot;cron&quot;:…,&quot;role&quot;:…,&quot;instance&quot;:…,&quot;action&quot;:…}</source>
        <translation>必须是对象：{&quot;id&quot;:…,&quot;cron&quot;:…,&quot;role&quot;:…,&quot;instance&quot;:…,&quot;action&quot;:…}</translation>
    </message>
    <message>
        <source>&apos;maintenance&apos; means the maintenance window in not_while; choose another name</source>
        <translation>“maintenance”在 not_while 中表示维护时段；请换一个名称</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is the id of entry %2, too; give each its own</source>
        <translation>“%1”也是条目 %2 的 ID；请为每个条目使用各自的 ID</translation>
    </message>
    <message>
        <source>must be a name: 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>必须是名称：1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>missing; write &quot;%1&quot;:&quot;NAME&quot;</source>
        <translation>缺失；请写 &quot;%1&quot;:&quot;NAME&quot;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no time zone that this machine knows; write UTC or a name such as Europe/Berlin or Asia/Shanghai (package tzdata)</source>
        <translation>“%1”不是本机已知的时区；请写 UTC，或 Europe/Berlin、Asia/Shanghai 这样的名称（软件包 tzdata）</translation>
    </message>
    <message>
        <source>must be a text such as &quot;30 3 * * mon-fri&quot; or &quot;@daily&quot;</source>
        <translation>必须是文本，例如 &quot;30 3 * * mon-fri&quot; 或 &quot;@daily&quot;</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is never due, for no year has such a day; correct the day or the month</source>
        <translation>“%1”永远不会到来，因为没有哪一年有这一天；请更正日期或月份</translation>
    </message>
    <message>
        <source>never runs, for %1 is protected; remove the entry or the protection</source>
        <translation>永远不会执行，因为 %1 受保护；请删除该条目或取消保护</translation>
    </message>
    <message>
        <source>controlled has no action &apos;%1&apos; for %2</source>
        <translation>controlled 中没有 %2 的操作“%1”</translation>
    </message>
    <message>
        <source> and no other; add it there</source>
        <translation> 及任何其他操作；请在其中添加</translation>
    </message>
    <message>
        <source>; did you mean &apos;%1&apos;?</source>
        <translation>；是否要写“%1”？</translation>
    </message>
    <message>
        <source>must be &quot;skip&quot; (a missed time is told) or &quot;run&quot; (all missed times are made up for by one run)</source>
        <translation>必须是 &quot;skip&quot;（仅报告错过的时间）或 &quot;run&quot;（用一次执行补上所有错过的时间）</translation>
    </message>
    <message>
        <source>must be a list of &quot;maintenance&quot; and ids of entries, at most %1</source>
        <translation>必须是由 &quot;maintenance&quot; 和条目 ID 组成的列表，最多 %1 个</translation>
    </message>
    <message>
        <source>must be &quot;maintenance&quot; or the id of an entry of this schedule</source>
        <translation>必须是 &quot;maintenance&quot; 或此计划中条目的 ID</translation>
    </message>
    <message>
        <source>needless: an entry never starts while its own last run goes on</source>
        <translation>多余：条目自身的上一次执行未结束时，绝不会再次开始</translation>
    </message>
    <message>
        <source>has %1 entries, more than the %2 that one server may have</source>
        <translation>有 %1 个条目，超过一台服务器允许的 %2 个</translation>
    </message>
    <message>
        <source>must be a list of entries: [{&quot;id&quot;:…,&quot;cron&quot;:…,&quot;role&quot;:…,&quot;instance&quot;:…,&quot;action&quot;:…}]</source>
        <translation>必须是条目的列表：[{&quot;id&quot;:…,&quot;cron&quot;:…,&quot;role&quot;:…,&quot;instance&quot;:…,&quot;action&quot;:…}]</translation>
    </message>
    <message>
        <source>must be an object: {&quot;name&quot;:&quot;cpu&quot;,&quot;metric&quot;:&quot;cpu&quot;,&quot;above&quot;:90}</source>
        <translation>必须是对象：{&quot;name&quot;:&quot;cpu&quot;,&quot;metric&quot;:&quot;cpu&quot;,&quot;above&quot;:90}</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is the name of rule %2, too; give each its own</source>
        <translation>“%1”也是规则 %2 的名称；请各取不同的名称</translation>
    </message>
    <message>
        <source>the metric %1 has no %2; delete it</source>
        <translation>指标 %1 没有 %2；请删除</translation>
    </message>
    <message>
        <source>must be a mount point such as &quot;/var&quot;</source>
        <translation>必须是挂载点，例如 &quot;/var&quot;</translation>
    </message>
    <message>
        <source>must be a host of &quot;ping&quot; such as &quot;10.0.0.1&quot;</source>
        <translation>必须是 &quot;ping&quot; 中的主机，例如 &quot;10.0.0.1&quot;</translation>
    </message>
    <message>
        <source>a rule has either above or below; delete one</source>
        <translation>一条规则只能有 above 或 below 之一；请删除一个</translation>
    </message>
    <message>
        <source>has no threshold; write &quot;above&quot;:90 or &quot;below&quot;:10</source>
        <translation>缺少阈值；请写 &quot;above&quot;:90 或 &quot;below&quot;:10</translation>
    </message>
    <message>
        <source>must not be above the %1 at which it begins, or it would end at once</source>
        <translation>不得高于开始告警的 %1，否则告警会立即结束</translation>
    </message>
    <message>
        <source>must not be below the %1 at which it begins, or it would end at once</source>
        <translation>不得低于开始告警的 %1，否则告警会立即结束</translation>
    </message>
    <message>
        <source>must be a number of percent from 0 to 100</source>
        <translation>必须是 0 到 100 的百分数</translation>
    </message>
    <message>
        <source>must be a number of 0 or more</source>
        <translation>必须是不小于 0 的数</translation>
    </message>
    <message>
        <source>must be a whole number of seconds from 0 to %1</source>
        <translation>必须是 0 到 %1 的整数秒数</translation>
    </message>
    <message>
        <source>must be &quot;warning&quot; or &quot;critical&quot;</source>
        <translation>必须是 &quot;warning&quot; 或 &quot;critical&quot;</translation>
    </message>
    <message>
        <source>must be a text of at most %1 characters on one line</source>
        <translation>必须是一行文本，最多 %1 个字符</translation>
    </message>
    <message>
        <source>has %1 rules, more than the %2 that one server may have</source>
        <translation>有 %1 条规则，超过一台服务器允许的 %2 条</translation>
    </message>
    <message>
        <source>is no list of rules, so nothing is judged; write [{&quot;name&quot;:&quot;cpu&quot;,&quot;metric&quot;:&quot;cpu&quot;,&quot;above&quot;:90}]</source>
        <translation>不是规则列表，因此不作任何判断；请写 [{&quot;name&quot;:&quot;cpu&quot;,&quot;metric&quot;:&quot;cpu&quot;,&quot;above&quot;:90}]</translation>
    </message>
</context>
<context>
    <name>ConsoleApp</name>
    <message>
        <source>Shows a fleet of servers and the service tree on them, live.</source>
        <translation>实时显示服务器集群以及运行在其上的服务树。</translation>
    </message>
</context>
<context>
    <name>CoreText</name>
    <message>
        <source>%1 has %2 bytes, more than the %3 that are read: shorten it</source>
        <translation>%1 有 %2 字节，超过可读取的 %3：请缩短</translation>
    </message>
    <message>
        <source>%1 is nested deeper than %2 levels: flatten it</source>
        <translation>%1 的嵌套超过 %2 层：请展平</translation>
    </message>
    <message>
        <source>%1 is not valid JSON: %2 at line %3, byte %4</source>
        <translation>%1 不是有效的 JSON：第 %3 行第 %4 字节：%2</translation>
    </message>
    <message>
        <source>%1 is not a JSON object: write it as {…}</source>
        <translation>%1 不是 JSON 对象：请写成 {…}</translation>
    </message>
    <message>
        <source>the log level &apos;%1&apos; is unknown: use debug, info, warning or error</source>
        <translation>未知的日志级别“%1”：请用 debug、info、warning 或 error</translation>
    </message>
    <message>
        <source>cannot read the configuration file %1: %2; check --config and the file&apos;s permissions</source>
        <translation>无法读取配置文件 %1：%2；请检查 --config 和文件权限</translation>
    </message>
    <message>
        <source>the configuration file %1 is larger than 1 MiB: this is not an INI file</source>
        <translation>配置文件 %1 大于 1 MiB：这不是 INI 文件</translation>
    </message>
    <message>
        <source>the configuration file %1 is binary: write it as INI text</source>
        <translation>配置文件 %1 是二进制文件：请写成 INI 文本</translation>
    </message>
    <message>
        <source>%1, line %2: &apos;%3&apos; is neither a [section] nor key = value inside one</source>
        <translation>%1 第 %2 行：“%3”既不是 [节]，也不是节内的“键 = 值”</translation>
    </message>
    <message>
        <source>the configuration file %1 is not valid INI: write [section] and key = value lines</source>
        <translation>配置文件 %1 不是有效的 INI：请写 [节] 和“键 = 值”行</translation>
    </message>
    <message>
        <source>%1: unknown key %2; did you mean %3?</source>
        <translation>%1：未知的键 %2；是否要写 %3？</translation>
    </message>
    <message>
        <source>cannot read the Redis password from %1: %2; check password_file and its permissions</source>
        <translation>无法从 %1 读取 Redis 密码：%2；请检查 password_file 及其权限</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>%1 alive</source>
        <translation>%1 存活</translation>
    </message>
    <message>
        <source>%1 alive after %2</source>
        <translation>%1 在 %2后恢复</translation>
    </message>
    <message>
        <source>Server %1 died with most of the fleet: look at Redis and the network</source>
        <translation>服务器 %1 与大部分服务器同时故障：请检查 Redis 和网络</translation>
    </message>
    <message>
        <source>The agent on %1 was stopped</source>
        <translation>%1 上的代理程序已停止</translation>
    </message>
    <message>
        <source>Server %1 died</source>
        <translation>服务器 %1 故障</translation>
    </message>
    <message>
        <source>Server %1 died; 1 service with it</source>
        <translation>服务器 %1 故障；连带 1 个服务</translation>
    </message>
    <message>
        <source>Server %1 died; %2 services with it</source>
        <translation>服务器 %1 故障；连带 %2 个服务</translation>
    </message>
    <message>
        <source>%1 is not watched any more</source>
        <translation>%1 不再监控</translation>
    </message>
    <message>
        <source>%1 unknown: it cannot be checked</source>
        <translation>%1 未知：无法检查</translation>
    </message>
    <message>
        <source>%1 died</source>
        <translation>%1 故障</translation>
    </message>
    <message>
        <source>%1 refuses its new configuration</source>
        <translation>%1 拒绝新配置</translation>
    </message>
    <message>
        <source>%1 was enrolled</source>
        <translation>%1 已登记</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 已移除</translation>
    </message>
    <message>
        <source>The configuration of %1 is gone; it goes on with its last one</source>
        <translation>%1 的配置不见了；继续使用上一份</translation>
    </message>
    <message>
        <source>%1 has configuration %2</source>
        <translation>%1 的配置为第 %2 版</translation>
    </message>
    <message>
        <source>The configuration of %1 changed</source>
        <translation>%1 的配置已更改</translation>
    </message>
    <message>
        <source>%1 has the address %2</source>
        <translation>%1 的地址为 %2</translation>
    </message>
    <message>
        <source>The clock of %1 differs from that of Redis by %2</source>
        <translation>%1 的时钟与 Redis 相差 %2</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%2：%1 %3</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>%1 flaps: %2 changes within a minute</source>
        <translation>%1 状态反复变化：一分钟内 %2 次</translation>
    </message>
    <message>
        <source>%1 has its enrolled address %2 again</source>
        <translation>%1 恢复了登记的地址 %2</translation>
    </message>
    <message>
        <source>%1 lost its enrolled address %2 and reports on</source>
        <translation>%1 失去了登记的地址 %2，仍继续报告</translation>
    </message>
    <message>
        <source>The agent on %1 is slow</source>
        <translation>%1 上的代理程序变慢</translation>
    </message>
    <message>
        <source>The agent on %1 is slow: %2 took %3 ms</source>
        <translation>%1 上的代理程序变慢：%2 耗时 %3 毫秒</translation>
    </message>
    <message>
        <source>Another machine (%1) wanted to report as %2 and was turned away</source>
        <translation>另一台机器 (%1) 想以 %2 的身份报告，已被拒绝</translation>
    </message>
    <message>
        <source>%1 of PaaS %2</source>
        <translation>PaaS %2 的 %1</translation>
    </message>
    <message>
        <source>The maintenance of %1 has ended</source>
        <translation>%1 的维护已结束</translation>
    </message>
    <message>
        <source>%1 is in maintenance</source>
        <translation>%1 正在维护</translation>
    </message>
    <message>
        <source>%1 is in maintenance until %2</source>
        <translation>%1 正在维护，至 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2, it is %3</source>
        <translation>%1：%2，当前为 %3</translation>
    </message>
    <message>
        <source>%1: no alert any more, it died: %2</source>
        <translation>%1：告警结束，服务器已宕机：%2</translation>
    </message>
    <message>
        <source>%1: no alert any more, it was removed: %2</source>
        <translation>%1：告警结束，服务器已移除：%2</translation>
    </message>
    <message>
        <source>%1: no alert while in maintenance: %2</source>
        <translation>%1：维护期间不告警：%2</translation>
    </message>
    <message>
        <source>%1: alert ended, nothing is measured: %2</source>
        <translation>%1：告警结束，已无测量值：%2</translation>
    </message>
    <message>
        <source>%1: alert ended with its rule: %2</source>
        <translation>%1：规则已删除，告警随之结束：%2</translation>
    </message>
    <message>
        <source>%1: alert over: %2</source>
        <translation>%1：告警解除：%2</translation>
    </message>
    <message>
        <source>%1: alert over: %2, it is %3</source>
        <translation>%1：告警解除：%2，当前为 %3</translation>
    </message>
</context>
<context>
    <name>FilterText</name>
    <message>
        <source>There is no &quot;%1:&quot;, it is looked for as text. Is &quot;%2:&quot; meant?</source>
        <translation>没有“%1:”，它会被当作文字查找。是否要用“%2:”？</translation>
    </message>
    <message>
        <source>There is no state &quot;%1&quot;: it is alive, degraded, died, unknown or maintenance.</source>
        <translation>没有状态“%1”：可用存活、降级、故障、未知或维护（alive、degraded、died、unknown、maintenance）。</translation>
    </message>
    <message>
        <source>There is no number &quot;%1&quot;: compare cpu, memory, load, disk or services.</source>
        <translation>没有数值“%1”：可比较 cpu、memory、load、disk 或 services。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no number to compare %2 with: write a figure like 80 or 0.5.</source>
        <translation>“%1”不是可与 %2 比较的数字：请写 80 或 0.5 这样的数。</translation>
    </message>
</context>
<context>
    <name>FleetText</name>
    <message>
        <source>nothing was sent, Redis does not answer: %1</source>
        <translation>什么都没有发送，Redis 没有应答：%1</translation>
    </message>
    <message>
        <source>the clock here differs from that of Redis by %1: a server whose clock differs by more than a minute refuses every command</source>
        <translation>本机的时钟与 Redis 相差 %1：时钟相差超过一分钟的服务器会拒绝所有命令</translation>
    </message>
    <message>
        <source>nothing was sent, Redis refuses it: %1</source>
        <translation>什么都没有发送，Redis 拒绝：%1</translation>
    </message>
    <message>
        <source>the connection to Redis broke before it took the command: nothing was done</source>
        <translation>与 Redis 的连接在它接收命令之前中断：什么都没有做</translation>
    </message>
    <message>
        <source>nothing was sent, Redis does not answer</source>
        <translation>什么都没有发送，Redis 没有应答</translation>
    </message>
    <message>
        <source>no answer: %1 began and has said nothing since; look at the server</source>
        <translation>没有应答：%1 已开始，此后没有消息；请查看服务器</translation>
    </message>
    <message>
        <source>no answer from %1 within %2: its agent or executor does not listen; the command has expired and is not run any more</source>
        <translation>%1 在 %2内没有应答：其代理程序或执行程序没有监听；命令已过期，不会再执行</translation>
    </message>
    <message>
        <source>%1 has no actions for %2: name them under &quot;controlled&quot; in its configuration (treewarden config get %1)</source>
        <translation>%1 没有 %2 的操作：请在其配置的 &quot;controlled&quot; 下写出 (treewarden config get %1)</translation>
    </message>
    <message>
        <source>%1 knows no action &apos;%2&apos; for %3, only: %4</source>
        <translation>%1 没有 %3 的操作“%2”，只有：%4</translation>
    </message>
    <message>
        <source>%1 is not enrolled: treewarden servers lists all, treewarden enrol %1 adds it</source>
        <translation>%1 没有登记：treewarden servers 列出全部，treewarden enrol %1 登记它</translation>
    </message>
    <message>
        <source>ALARM: another machine reports as %1 (machine_id %2) than the enrolled one (%3), so it gets no commands: look who it is; if the server was replaced: treewarden enrol %1 --replace</source>
        <translation>警报：另一台机器以 %1 的身份报告 (machine_id %2)，不是已登记的那台 (%3)，因此不向它发送命令：请查明它是谁；如果服务器已更换：treewarden enrol %1 --replace</translation>
    </message>
    <message>
        <source>%1 has never told which machine it is: start its agent</source>
        <translation>%1 从未报告它是哪台机器：请启动其代理程序</translation>
    </message>
    <message>
        <source>%1 is not alive, so nobody would answer: look at the server and its treewarden-agent</source>
        <translation>%1 未存活，因此不会有应答：请检查服务器及其 treewarden-agent</translation>
    </message>
    <message>
        <source>, not alive again yet</source>
        <translation>，尚未恢复存活</translation>
    </message>
    <message>
        <source>, alive again after %1</source>
        <translation>，%1后恢复存活</translation>
    </message>
    <message>
        <source>did not come back alive</source>
        <translation>没有恢复存活</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>完成，用时 %1</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>running</source>
        <translation>执行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>已验证</translation>
    </message>
    <message>
        <source>not verified</source>
        <translation>未通过验证</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>looking at the server</source>
        <translation>正在查看服务器</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>the connection broke while it was sent; looking whether it arrived</source>
        <translation>发送时连接中断；正在查看是否已送达</translation>
    </message>
    <message>
        <source>sent, no answer yet</source>
        <translation>已发送，尚无应答</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 goes down: none of its %2 living instances is left</source>
        <translation>%1 将不可用：其 %2 个存活实例一个不剩</translation>
    </message>
    <message>
        <source>%1 goes down: %2 of %3 living instances are left, it needs %4</source>
        <translation>%1 将不可用：%3 个存活实例只剩 %2 个，需要 %4 个</translation>
    </message>
    <message>
        <source>%1 loses its redundancy: %2 of %3 living instances are left</source>
        <translation>%1 将失去冗余：%3 个存活实例只剩 %2 个</translation>
    </message>
    <message>
        <source>%1 has no living instance to lose</source>
        <translation>%1 本来就没有存活的实例</translation>
    </message>
    <message>
        <source>%1 goes on with %2 of %3 living instances</source>
        <translation>%1 仍可用：%3 个存活实例剩 %2 个</translation>
    </message>
    <message>
        <source>; needed by %1</source>
        <translation>；被 %1 依赖</translation>
    </message>
    <message>
        <source>%1 is the last living instance of %2</source>
        <translation>%1 是 %2 最后一个存活的实例</translation>
    </message>
    <message>
        <source>%1 would leave %2 with %3 living instances of the %4 that it needs</source>
        <translation>没有 %1，%2 只剩 %3 个存活实例，而它需要 %4 个</translation>
    </message>
    <message>
        <source>the server is not enrolled</source>
        <translation>服务器没有登记</translation>
    </message>
    <message>
        <source>the server is not alive</source>
        <translation>服务器未存活</translation>
    </message>
    <message>
        <source>it is alive already</source>
        <translation>它已经存活</translation>
    </message>
    <message>
        <source>it is in maintenance</source>
        <translation>它正在维护</translation>
    </message>
    <message>
        <source>nobody knows whether it is alive</source>
        <translation>不知道它是否存活</translation>
    </message>
    <message>
        <source>it did not come back alive</source>
        <translation>它没有恢复存活</translation>
    </message>
    <message>
        <source>it died again</source>
        <translation>它再次故障</translation>
    </message>
    <message>
        <source>it did not come back alive within %1</source>
        <translation>它在 %1内没有恢复存活</translation>
    </message>
    <message>
        <source>version %1 stands, not the %2 that you started from.</source>
        <translation>当前是第 %1 版，不是您所依据的第 %2 版。</translation>
    </message>
    <message>
        <source>version %1 was saved by %2 %3 ago, after the %4 that you started from.</source>
        <translation>第 %1 版由 %2 于 %3前保存，晚于您所依据的第 %4 版。</translation>
    </message>
    <message>
        <source>check of %1 = %2</source>
        <translation>%1 的检查 = %2</translation>
    </message>
    <message>
        <source>schedule: %1</source>
        <translation>定时计划：%1</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU waiting for disks</source>
        <translation>CPU 等待磁盘</translation>
    </message>
    <message>
        <source>CPU stolen by the host</source>
        <translation>被宿主机占用的 CPU</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Load per core</source>
        <translation>每核负载</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换空间</translation>
    </message>
    <message>
        <source>Disk space</source>
        <translation>磁盘空间</translation>
    </message>
    <message>
        <source>Inodes</source>
        <translation>inode</translation>
    </message>
    <message>
        <source>Busiest disk</source>
        <translation>最忙的磁盘</translation>
    </message>
    <message>
        <source>Disk reads</source>
        <translation>磁盘读取</translation>
    </message>
    <message>
        <source>Disk writes</source>
        <translation>磁盘写入</translation>
    </message>
    <message>
        <source>CPU pressure</source>
        <translation>CPU 压力</translation>
    </message>
    <message>
        <source>Memory pressure</source>
        <translation>内存压力</translation>
    </message>
    <message>
        <source>I/O pressure</source>
        <translation>I/O 压力</translation>
    </message>
    <message>
        <source>Network in</source>
        <translation>网络接收</translation>
    </message>
    <message>
        <source>Network out</source>
        <translation>网络发送</translation>
    </message>
    <message>
        <source>Network errors</source>
        <translation>网络错误</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Blocked processes</source>
        <translation>阻塞的进程</translation>
    </message>
    <message>
        <source>Ping time</source>
        <translation>Ping 时延</translation>
    </message>
    <message>
        <source>Lost pings</source>
        <translation>Ping 丢包</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>metric, file system or host</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>bytes/s</source>
        <translation>字节/秒</translation>
    </message>
    <message>
        <source>%1 above %2</source>
        <comment>metric, value</comment>
        <translation>%1 高于 %2</translation>
    </message>
    <message>
        <source>%1 below %2</source>
        <comment>metric, value</comment>
        <translation>%1 低于 %2</translation>
    </message>
</context>
<context>
    <name>FleetWatcher</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Reading the state of the fleet</source>
        <translation>正在读取集群的状态</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>正在连接 %1</translation>
    </message>
</context>
<context>
    <name>Group</name>
    <message>
        <source>Load balancing / reverse proxy</source>
        <translation>负载均衡 / 反向代理</translation>
    </message>
    <message>
        <source>Web server</source>
        <translation>Web 服务器</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>VFS</source>
        <translation>虚拟文件系统</translation>
    </message>
    <message>
        <source>RPC</source>
        <translation>RPC</translation>
    </message>
    <message>
        <source>SCM</source>
        <translation>配置管理</translation>
    </message>
    <message>
        <source>Management</source>
        <translation>管理</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>alive</source>
        <translation>存活</translation>
    </message>
    <message>
        <source>maintenance</source>
        <translation>维护</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>降级</translation>
    </message>
    <message>
        <source>died</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>1 server</source>
        <translation>1 台服务器</translation>
    </message>
    <message>
        <source>%1 servers</source>
        <translation>%1 台服务器</translation>
    </message>
</context>
<context>
    <name>MenuEntries</name>
    <message>
        <source> or </source>
        <comment>between two keys</comment>
        <translation> 或 </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>%1: no live data</source>
        <translation>%1：没有实时数据</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 problems at %2</source>
        <translation>%2 有 %1 个问题</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 个</translation>
    </message>
</context>
<context>
    <name>PastText</name>
    <message>
        <source>how it was then is not remembered</source>
        <translation>当时的状态没有保留</translation>
    </message>
    <message>
        <source>d MMM HH:mm:ss</source>
        <comment>a date and a clock, for Qt</comment>
        <translation>M月d日 HH:mm:ss</translation>
    </message>
    <message>
        <source>dddd d MMMM, HH:mm:ss</source>
        <comment>a date and a clock, for Qt</comment>
        <translation>M月d日 dddd HH:mm:ss</translation>
    </message>
    <message>
        <source>Only what was read before is shown: %1</source>
        <translation>仅显示此前已读取的内容：%1</translation>
    </message>
    <message>
        <source>1 server</source>
        <translation>1 台服务器</translation>
    </message>
    <message>
        <source>%1 servers</source>
        <translation>%1 台服务器</translation>
    </message>
    <message>
        <source>1 service</source>
        <translation>1 个服务</translation>
    </message>
    <message>
        <source>%1 services</source>
        <translation>%1 个服务</translation>
    </message>
    <message>
        <source>PaaS %1</source>
        <translation>PaaS %1</translation>
    </message>
    <message>
        <source>Nothing earlier is remembered.</source>
        <translation>更早的情况没有保留。</translation>
    </message>
    <message>
        <source>Not known: %1.</source>
        <translation>未知：%1。</translation>
    </message>
    <message>
        <source>States, trees and events are as they were then.</source>
        <translation>状态、服务树和事件均为当时的情况。</translation>
    </message>
    <message>
        <source>Servers and services: whether they lived, since when and why not.</source>
        <translation>服务器和服务：当时是否存活、自何时起、原因为何。</translation>
    </message>
    <message>
        <source>Service trees, in the version of that time.</source>
        <translation>服务树：当时的版本。</translation>
    </message>
    <message>
        <source>Maintenance, and the events and commands up to that moment.</source>
        <translation>维护，以及截至该时刻的事件和命令。</translation>
    </message>
    <message>
        <source>The load of servers, where their history holds it.</source>
        <translation>服务器的负载：以历史中保存的为限。</translation>
    </message>
    <message>
        <source>Events that were not read before: %1</source>
        <translation>之前没有读取的事件：%1</translation>
    </message>
    <message>
        <source>Everything before: no earlier event is remembered.</source>
        <translation>此前的一切：没有保留更早的事件。</translation>
    </message>
    <message>
        <source>How %1 stood: no event tells; they are shown as unknown.</source>
        <translation>%1 的状态：没有事件说明；显示为未知。</translation>
    </message>
    <message>
        <source>PaaS %1 as it was: the version of that time is not kept; the next one that is is shown.</source>
        <translation>PaaS %1 当时的样子：该版本没有保留；显示其后最近保留的版本。</translation>
    </message>
    <message>
        <source>PaaS %1, removed since: no version is kept; not shown.</source>
        <translation>PaaS %1，此后已移除：没有保留任何版本；不显示。</translation>
    </message>
    <message>
        <source>Names, addresses, hardware and system of servers.</source>
        <translation>服务器的名称、地址、硬件和系统。</translation>
    </message>
    <message>
        <source>Configurations and schedules.</source>
        <translation>配置和定时计划。</translation>
    </message>
    <message>
        <source>What services tell of their own load is left out.</source>
        <translation>服务自身报告的负载不予显示。</translation>
    </message>
</context>
<context>
    <name>PreviewText</name>
    <message>
        <source>The tree %1</source>
        <translation>服务树 %1</translation>
    </message>
    <message>
        <source>It is new.</source>
        <translation>它是新建的。</translation>
    </message>
</context>
<context>
    <name>ProgramOptions</name>
    <message>
        <source>Show this help and leave.</source>
        <translation>显示本帮助并退出。</translation>
    </message>
    <message>
        <source>Show the version and leave.</source>
        <translation>显示版本并退出。</translation>
    </message>
    <message>
        <source>Read the settings from FILE (INI).</source>
        <translation>从 FILE (INI) 读取设置。</translation>
    </message>
    <message>
        <source>Log debug, info, warning or error and what is above (default: info).</source>
        <translation>记录 debug、info、warning 或 error 及以上级别的日志（默认：info）。</translation>
    </message>
    <message>
        <source>%1 Try --help.</source>
        <translation>%1请试用 --help。</translation>
    </message>
    <message>
        <source>a password in --redis can be read by everybody in ps: put it into the INI file, password_file, a systemd credential or TREEWARDEN_REDIS</source>
        <translation>任何人都能用 ps 读到 --redis 中的密码：请把它放入 INI 文件、password_file、systemd 凭据或 TREEWARDEN_REDIS</translation>
    </message>
    <message>
        <source>Use this Redis: redis://, rediss:// (TLS), unix:// or sentinel:// (default: TREEWARDEN_REDIS, else redis://127.0.0.1:6379/0).</source>
        <translation>使用此 Redis：redis://、rediss:// (TLS)、unix:// 或 sentinel://（默认：TREEWARDEN_REDIS，否则 redis://127.0.0.1:6379/0）。</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>%1 of %2 expected processes found (%3)</source>
        <translation>预期 %2 个进程，找到 %1 个 (%3)</translation>
    </message>
    <message>
        <source>%1 of %2 expected processes found</source>
        <translation>预期 %2 个进程，找到 %1 个</translation>
    </message>
    <message>
        <source>%1 at %2 gave no answer in time</source>
        <translation>%2 的 %1 没有及时应答</translation>
    </message>
    <message>
        <source>nothing listens at %1</source>
        <translation>%1 没有程序监听</translation>
    </message>
    <message>
        <source>cannot connect to %1</source>
        <translation>无法连接 %1</translation>
    </message>
    <message>
        <source>%1 at %2 closed the connection before it answered</source>
        <translation>%2 的 %1 未应答就关闭了连接</translation>
    </message>
    <message>
        <source>%1 at %2 answers without an end</source>
        <translation>%2 的 %1 应答没有结尾</translation>
    </message>
    <message>
        <source>%1 answered &quot;%2&quot; without &quot;%3&quot;</source>
        <translation>%1 应答“%2”，其中没有“%3”</translation>
    </message>
    <message>
        <source>%1 answered &quot;%2&quot;, which is not HTTP</source>
        <translation>%1 应答“%2”，这不是 HTTP</translation>
    </message>
    <message>
        <source>%1 answered with status %2</source>
        <translation>%1 应答状态 %2</translation>
    </message>
    <message>
        <source>the answer of %1 does not contain &quot;%2&quot;</source>
        <translation>%1 的应答中没有“%2”</translation>
    </message>
    <message>
        <source>%1 answered &quot;%2&quot;, which is not Redis</source>
        <translation>%1 应答“%2”，这不是 Redis</translation>
    </message>
    <message>
        <source>Redis at %1 says: %2</source>
        <translation>%1 的 Redis 说：%2</translation>
    </message>
    <message>
        <source>Redis at %1 lives but says: %2</source>
        <translation>%1 的 Redis 存活，但说：%2</translation>
    </message>
    <message>
        <source>what Redis at %1 answers has no line with %2</source>
        <translation>%1 的 Redis 的应答中没有 %2</translation>
    </message>
    <message>
        <source>MySQL at %1 has too many connections</source>
        <translation>%1 的 MySQL 连接数已满</translation>
    </message>
    <message>
        <source>MySQL at %1 says: %2</source>
        <translation>%1 的 MySQL 说：%2</translation>
    </message>
    <message>
        <source>MySQL at %1 lives but says: %2</source>
        <translation>%1 的 MySQL 存活，但说：%2</translation>
    </message>
    <message>
        <source>%1 answered &quot;%2&quot;, which is no MySQL greeting</source>
        <translation>%1 应答“%2”，这不是 MySQL</translation>
    </message>
    <message>
        <source>sshd at %1 turns logins away: its MaxStartups is exceeded</source>
        <translation>%1 的 sshd 拒绝登录：已超过 MaxStartups</translation>
    </message>
    <message>
        <source>%1 answered &quot;%2&quot;, which is no SSH banner</source>
        <translation>%1 应答“%2”，这不是 SSH</translation>
    </message>
    <message>
        <source>nothing listens on port %1</source>
        <translation>端口 %1 没有程序监听</translation>
    </message>
    <message>
        <source>the pid file %1 is missing or holds no number</source>
        <translation>PID 文件 %1 不存在或其中没有数字</translation>
    </message>
    <message>
        <source>the process %1 of the pid file %2 is not running</source>
        <translation>PID 文件 %2 中的进程 %1 没有运行</translation>
    </message>
    <message>
        <source>the process %1 of the pid file %2 is another program</source>
        <translation>PID 文件 %2 中的进程 %1 是另一个程序</translation>
    </message>
    <message>
        <source>the text check &quot;%1&quot; cannot be evaluated: %2</source>
        <translation>文本检查“%1”无法执行：%2</translation>
    </message>
    <message>
        <source>the text check &quot;%1&quot; is none of the recognised shapes and runs only from a signed configuration where the policy has shell = allow: sign it, or use a native probe</source>
        <translation>文本检查“%1”不是可识别的形式，只有在已签名的配置且策略为 shell = allow 时才会执行：请签名，或改用原生探测</translation>
    </message>
    <message>
        <source>flapping (%1×): it changed its state so often within %2 s</source>
        <translation>状态反复变化：%2 秒内 %1 次</translation>
    </message>
    <message>
        <source>port %1 is another program&apos;s: no process %2 listens on it</source>
        <translation>端口 %1 属于另一个程序：监听它的不是进程 %2</translation>
    </message>
    <message>
        <source>the unit %1 is %2, its result is %3</source>
        <translation>单元 %1 的状态为 %2，结果为 %3</translation>
    </message>
    <message>
        <source>the unit %1 is %2</source>
        <translation>单元 %1 的状态为 %2</translation>
    </message>
    <message>
        <source>there is no unit %1 on this host</source>
        <translation>本机没有单元 %1</translation>
    </message>
    <message>
        <source>units that failed: %1 (%2)</source>
        <translation>失败的单元：%1（%2 个）</translation>
    </message>
    <message>
        <source>systemd gave no answer over the system bus within %1 s: see whether dbus and systemd hang</source>
        <translation>systemd 在 %1 秒内没有通过系统总线应答：请检查 dbus 和 systemd 是否卡住</translation>
    </message>
    <message>
        <source>systemd cannot be asked over the system bus at %1: %2; see whether dbus runs and systemd is this host&apos;s init</source>
        <translation>无法通过系统总线 %1 询问 systemd：%2；请检查 dbus 是否在运行，以及 systemd 是否为本机的 init</translation>
    </message>
    <message>
        <source>nothing is mounted at %1</source>
        <translation>%1 没有挂载任何文件系统</translation>
    </message>
    <message>
        <source>what is mounted at %1 is %2, not %3</source>
        <translation>%1 挂载的是 %2，不是 %3</translation>
    </message>
    <message>
        <source>%1 is read-only: mounted so, or made so by the kernel after an error</source>
        <translation>%1 为只读：挂载时如此，或内核在出错后改为只读</translation>
    </message>
    <message>
        <source>%1 has %2 free, at least %3 are asked for</source>
        <translation>%1 剩余空间 %2，要求至少 %3</translation>
    </message>
    <message>
        <source>%1 has %2 of its inodes free, at least %3 are asked for</source>
        <translation>%1 剩余 inode %2，要求至少 %3</translation>
    </message>
    <message>
        <source>writing to %1 fails: %2</source>
        <translation>写入 %1 失败：%2</translation>
    </message>
    <message>
        <source>the file system at %1 says: %2</source>
        <translation>%1 的文件系统报错：%2</translation>
    </message>
    <message>
        <source>the file system at %1 gave no answer within %2 s: its server or its daemon is away</source>
        <translation>%1 的文件系统在 %2 秒内没有应答：其服务器或守护进程已离开</translation>
    </message>
    <message>
        <source>the agent&apos;s user may not look at or write to %1</source>
        <translation>代理程序的用户无权查看或写入 %1</translation>
    </message>
    <message>
        <source>there is no file %1</source>
        <translation>没有文件 %1</translation>
    </message>
    <message>
        <source>%1 was last written at %2, more than %3 s ago</source>
        <translation>%1 最后写入于 %2，已超过 %3 秒</translation>
    </message>
    <message>
        <source>%1 was written at %2, less than %3 s ago</source>
        <translation>%1 写入于 %2，不到 %3 秒前</translation>
    </message>
    <message>
        <source>%1 has more than %2 bytes</source>
        <translation>%1 超过 %2 字节</translation>
    </message>
    <message>
        <source>%1 has less than %2 bytes</source>
        <translation>%1 不足 %2 字节</translation>
    </message>
    <message>
        <source>the end of %1 does not contain &quot;%2&quot;</source>
        <translation>%1 的末尾没有“%2”</translation>
    </message>
    <message>
        <source>the pattern &quot;%1&quot; takes too long on %2: write a simpler one</source>
        <translation>模式“%1”在 %2 上匹配耗时过长：请写得简单些</translation>
    </message>
    <message>
        <source>the agent&apos;s user cannot look at %1: %2</source>
        <translation>代理程序的用户无法查看 %1：%2</translation>
    </message>
    <message>
        <source>nothing listens on a socket matching %1</source>
        <translation>没有程序监听符合 %1 的套接字</translation>
    </message>
    <message>
        <source>cannot read %1, where the kernel lists what listens</source>
        <translation>无法读取内核的监听列表 %1</translation>
    </message>
    <message>
        <source>%1 answered after %2 ms, slower than %3 ms</source>
        <translation>%1 在 %2 毫秒后应答，慢于 %3 毫秒</translation>
    </message>
    <message>
        <source>the certificate of %1 expires in %2 days, sooner than in %3</source>
        <translation>%1 的证书 %2 天后过期，早于要求的 %3 天</translation>
    </message>
    <message>
        <source>%1 lives, but: %2</source>
        <translation>%1 存活，但：%2</translation>
    </message>
    <message>
        <source>the cache process of Varnish at %1 does not run: it is %2</source>
        <translation>%1 的 Varnish 的缓存进程没有运行：状态为 %2</translation>
    </message>
    <message>
        <source>the CLI at %1 %2</source>
        <translation>%1 的 Varnish 管理接口：%2</translation>
    </message>
    <message>
        <source>%1 answered with status %2; sick backends: %3</source>
        <translation>%1 应答状态 %2；不健康的后端：%3</translation>
    </message>
    <message>
        <source>the certificate of %1 expired on %2</source>
        <translation>%1 的证书已于 %2 过期</translation>
    </message>
    <message>
        <source>the certificate of %1 is not valid before %2</source>
        <translation>%1 的证书在 %2 之前无效</translation>
    </message>
    <message>
        <source>the certificate is for %1, not for %2</source>
        <translation>证书属于 %1，不属于 %2</translation>
    </message>
    <message>
        <source>the certificate of %1 is not trusted: %2</source>
        <translation>%1 的证书不受信任：%2</translation>
    </message>
    <message>
        <source>%1 does not speak TLS with us: %2</source>
        <translation>无法与 %1 建立 TLS：%2</translation>
    </message>
    <message>
        <source>TLS cannot be tried: %1</source>
        <translation>无法尝试 TLS：%1</translation>
    </message>
    <message>
        <source>memcached at %1 has too many connections</source>
        <translation>%1 的 memcached 连接数已满</translation>
    </message>
    <message>
        <source>memcached at %1 says: %2</source>
        <translation>%1 的 memcached 说：%2</translation>
    </message>
    <message>
        <source>memcached at %1 lives but says: %2</source>
        <translation>%1 的 memcached 存活，但说：%2</translation>
    </message>
    <message>
        <source>%1 answered &quot;%2&quot;, which is not memcached</source>
        <translation>%1 应答“%2”，这不是 memcached</translation>
    </message>
    <message>
        <source>gearmand at %1 has no worker for %2, and %3 jobs wait</source>
        <translation>%1 的 gearmand 没有处理 %2 的 worker，%3 个任务在等待</translation>
    </message>
    <message>
        <source>%1 jobs wait for %2 at gearmand %3</source>
        <translation>%3 的 gearmand 中有 %1 个任务等待 %2</translation>
    </message>
    <message>
        <source>Couchbase at %1 says its node is in the state %2</source>
        <translation>%1 的 Couchbase 说其节点状态为 %2</translation>
    </message>
    <message>
        <source>Couchbase at %1 is no active node of its cluster: %2</source>
        <translation>%1 的 Couchbase 不是其集群的活动节点：%2</translation>
    </message>
    <message>
        <source>Couchbase at %1 lives, but the agent cannot log in: %2</source>
        <translation>%1 的 Couchbase 存活，但代理程序无法登录：%2</translation>
    </message>
    <message>
        <source>Couchbase at %1 lives but belongs to no cluster yet</source>
        <translation>%1 的 Couchbase 存活，但还不属于任何集群</translation>
    </message>
    <message>
        <source>what %1 answers is not Couchbase&apos;s: %2</source>
        <translation>%1 的应答不是 Couchbase 的：%2</translation>
    </message>
    <message>
        <source>the newest metric of gmond at %1 is %2 s old</source>
        <translation>%1 的 gmond 最新的指标是 %2 秒前的</translation>
    </message>
    <message>
        <source>gmond at %1 has no metrics</source>
        <translation>%1 的 gmond 没有指标</translation>
    </message>
    <message>
        <source>what %1 answers is not gmond&apos;s XML: %2</source>
        <translation>%1 的应答不是 gmond 的 XML：%2</translation>
    </message>
    <message>
        <source>%1 answered &quot;%2&quot;, which is not gearmand</source>
        <translation>%1 应答“%2”，这不是 gearmand</translation>
    </message>
    <message>
        <source>MySQL at %1 lives, but the agent cannot log in: %2</source>
        <translation>%1 的 MySQL 存活，但代理程序无法登录：%2</translation>
    </message>
    <message>
        <source>the replication of MySQL at %1 is stopped</source>
        <translation>%1 的 MySQL 复制已停止</translation>
    </message>
    <message>
        <source>Redis at %1 lives, but the agent cannot log in: %2</source>
        <translation>%1 的 Redis 存活，但代理程序无法登录：%2</translation>
    </message>
    <message>
        <source>Redis at %1 is a replica without a link to its master</source>
        <translation>%1 的 Redis 是副本，与主节点的连接已断开</translation>
    </message>
    <message>
        <source>Redis at %1 failed to save its data the last time: see its log</source>
        <translation>%1 的 Redis 上次保存数据失败：请查看其日志</translation>
    </message>
    <message>
        <source>the text check &quot;%1&quot; failed: %2</source>
        <translation>文本检查“%1”失败：%2</translation>
    </message>
</context>
<context>
    <name>RedisText</name>
    <message>
        <source>the user name or password is wrong; correct the URL or password_file</source>
        <translation>用户名或密码错误；请更正 URL 或 password_file</translation>
    </message>
    <message>
        <source>the password is wrong; correct the URL or password_file</source>
        <translation>密码错误；请更正 URL 或 password_file</translation>
    </message>
    <message>
        <source>it wants a password; give one in the URL or password_file</source>
        <translation>需要密码；请在 URL 或 password_file 中提供</translation>
    </message>
    <message>
        <source>it has no password, but one was given; check that this is the right Redis</source>
        <translation>它没有密码，却收到了密码；请确认这是正确的 Redis</translation>
    </message>
    <message>
        <source>this user&apos;s rights (ACL) are too narrow</source>
        <translation>此用户的权限 (ACL) 不足</translation>
    </message>
    <message>
        <source>it runs in protected mode; give it a password or let it listen on the loopback only</source>
        <translation>它运行在保护模式；请给它设置密码，或让它只监听环回地址</translation>
    </message>
    <message>
        <source>it is still loading its data</source>
        <translation>它仍在加载数据</translation>
    </message>
    <message>
        <source>it is a read-only replica; connect to the master</source>
        <translation>它是只读副本；请连接主节点</translation>
    </message>
    <message>
        <source>it is a replica that lost its master</source>
        <translation>它是失去主节点的副本</translation>
    </message>
    <message>
        <source>it is out of memory; raise its maxmemory or remove data</source>
        <translation>它的内存已用尽；请提高 maxmemory 或删除数据</translation>
    </message>
    <message>
        <source>it can&apos;t save to its disk and refuses to write; look into its log</source>
        <translation>它无法保存到磁盘，因此拒绝写入；请查看其日志</translation>
    </message>
    <message>
        <source>it is busy with a script</source>
        <translation>它正忙于执行脚本</translation>
    </message>
    <message>
        <source>a key holds another type than it should</source>
        <translation>某个键的类型不正确</translation>
    </message>
    <message>
        <source>it has too many clients; raise its maxclients</source>
        <translation>它的客户端过多；请提高 maxclients</translation>
    </message>
    <message>
        <source>it has no database with the number in the URL</source>
        <translation>它没有 URL 中编号的数据库</translation>
    </message>
    <message>
        <source>a web server answers there, not Redis; is the port right?</source>
        <translation>那里应答的是 Web 服务器，不是 Redis；端口是否正确？</translation>
    </message>
    <message>
        <source>an SSH server answers there, not Redis; is the port right?</source>
        <translation>那里应答的是 SSH 服务器，不是 Redis；端口是否正确？</translation>
    </message>
    <message>
        <source>a mail or FTP server answers there, not Redis; is the port right?</source>
        <translation>那里应答的是邮件或 FTP 服务器，不是 Redis；端口是否正确？</translation>
    </message>
    <message>
        <source>this port wants TLS; write rediss:// in the URL</source>
        <translation>这个端口需要 TLS；请在 URL 中写 rediss://</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>a MySQL or MariaDB server answers there, not Redis; is the port right?</source>
        <translation>那里应答的是 MySQL 或 MariaDB，不是 Redis；端口是否正确？</translation>
    </message>
    <message>
        <source>it does not speak the Redis protocol (%1); is the port right?</source>
        <translation>它不使用 Redis 协议 (%1)；端口是否正确？</translation>
    </message>
</context>
<context>
    <name>RedisUrl</name>
    <message>
        <source>the Redis URL %1 is wrong: %2</source>
        <translation>Redis URL %1 有误：%2</translation>
    </message>
    <message>
        <source>check host and port, and write characters such as @ : / # % of a password as %40 %3A %2F %23 %25</source>
        <translation>请检查主机和端口，密码中的 @ : / # % 等字符要写成 %40 %3A %2F %23 %25</translation>
    </message>
    <message>
        <source>a socket is written with three slashes, unix:///run/redis/redis.sock</source>
        <translation>套接字要写三个斜杠：unix:///run/redis/redis.sock</translation>
    </message>
    <message>
        <source>the path of a socket may be at most 107 bytes long</source>
        <translation>套接字的路径最长 107 字节</translation>
    </message>
    <message>
        <source>it names no host</source>
        <translation>没有主机名</translation>
    </message>
    <message>
        <source>port 0 is none</source>
        <translation>端口不能是 0</translation>
    </message>
    <message>
        <source>only ?db=NUMBER may follow, once</source>
        <translation>后面只能有一个 ?db=NUMBER</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no number of a database (0 to %2)</source>
        <translation>“%1”不是数据库编号（0 到 %2）</translation>
    </message>
    <message>
        <source>it is written sentinel://host:port,host:port/name-of-the-master</source>
        <translation>应写成 sentinel://主机:端口,主机:端口/主节点名</translation>
    </message>
    <message>
        <source>it must start with redis://, rediss://, unix:// or sentinel://</source>
        <translation>必须以 redis://、rediss://、unix:// 或 sentinel:// 开头</translation>
    </message>
</context>
<context>
    <name>ServerMarks</name>
    <message>
        <source>The server was started</source>
        <translation>服务器已启动</translation>
    </message>
    <message>
        <source>The agent was started</source>
        <translation>代理已启动</translation>
    </message>
    <message>
        <source>Nothing is heard from the server since then</source>
        <translation>此后没有该服务器的消息</translation>
    </message>
</context>
<context>
    <name>TrayTexts</name>
    <message>
        <source>Treewarden: no site yet</source>
        <translation>Treewarden：还没有站点</translation>
    </message>
    <message>
        <source>Treewarden: %1</source>
        <translation>Treewarden：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActingLine</name>
    <message>
        <source>The schedule</source>
        <translation>定时计划</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>who does what, since when</comment>
        <translation>%1（已 %2）</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActionBar</name>
    <message>
        <source>All actions</source>
        <translation>全部操作</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>维护</translation>
    </message>
    <message>
        <source>Nothing is chosen.</source>
        <translation>没有选择任何对象。</translation>
    </message>
    <message>
        <source>Actions are off in the past</source>
        <translation>查看过去时不能执行操作</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActionCentre</name>
    <message>
        <source>Nothing is chosen.</source>
        <translation>没有选择任何对象。</translation>
    </message>
    <message>
        <source>That is too much for one step: choose at most %1.</source>
        <translation>一次操作的对象过多：最多选择 %1 个。</translation>
    </message>
    <message>
        <source>Redis does not answer: nothing can be sent now.</source>
        <translation>Redis 没有应答：现在无法发送任何命令。</translation>
    </message>
    <message>
        <source>The server %1 is not enrolled.</source>
        <translation>服务器 %1 没有登记。</translation>
    </message>
    <message>
        <source>%1 is not alive: nobody there would carry it out.</source>
        <translation>%1 未存活：那里没有程序执行操作。</translation>
    </message>
    <message>
        <source>The configuration of %1 has not been read yet.</source>
        <translation>还没有读取 %1 的配置。</translation>
    </message>
    <message>
        <source>The configuration of %1 cannot be used: %2</source>
        <translation>%1 的配置无法使用：%2</translation>
    </message>
    <message>
        <source>%1 on %2 is protected: nobody can stop or restart it from here.</source>
        <translation>%2 的 %1 受保护：不能从这里停止或重启它。</translation>
    </message>
    <message>
        <source>The configuration of %1 does not say how: add it to controlled, role system.</source>
        <translation>%1 的配置没有写明如何操作：请添加到 controlled 的角色 system 中。</translation>
    </message>
    <message>
        <source>The configuration of %1 does not say how for %2: add it to controlled.</source>
        <translation>%1 的配置没有写明如何操作 %2：请添加到 controlled 中。</translation>
    </message>
    <message>
        <source>The configuration of %1 is not signed, so its server runs nothing of it. Sign it with: treewarden config sign %2</source>
        <translation>%1 的配置没有签名，因此其服务器不执行其中的任何操作。签名请用：treewarden config sign %2</translation>
    </message>
    <message>
        <source>no Redis is configured</source>
        <translation>没有配置 Redis</translation>
    </message>
    <message>
        <source>The key was locked</source>
        <translation>密钥已锁定</translation>
    </message>
    <message>
        <source>%1 did not succeed</source>
        <translation>“%1”没有成功</translation>
    </message>
    <message>
        <source>%1: the one after it was not begun.</source>
        <translation>%1：其后的 1 个没有开始。</translation>
    </message>
    <message>
        <source>%1: the %2 after it were not begun.</source>
        <translation>%1：其后的 %2 个没有开始。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActionFlow</name>
    <message>
        <source>The role has no instance.</source>
        <translation>该角色没有实例。</translation>
    </message>
    <message>
        <source>Every instance is left out: %1</source>
        <translation>所有实例都被略过：%1</translation>
    </message>
    <message>
        <source>Another rolling action is still running: wait for its end, or stop it.</source>
        <translation>另一个滚动操作仍在进行：请等它结束，或停止它。</translation>
    </message>
    <message>
        <source>Redis does not answer: nothing can be declared now.</source>
        <translation>Redis 没有应答：现在无法设置维护。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActionMenu</name>
    <message>
        <source>%1…</source>
        <comment>an action that is asked first</comment>
        <translation>%1…</translation>
    </message>
    <message>
        <source>Choose a service or a server first</source>
        <translation>请先选择服务或服务器</translation>
    </message>
    <message>
        <source>Maintenance…</source>
        <translation>维护…</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActionQuestion</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>server, ip</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>tree, role</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1?</source>
        <comment>an action</comment>
        <translation>%1？</translation>
    </message>
    <message>
        <source>%1, a few at a time?</source>
        <comment>an action on a role</comment>
        <translation>%1，分批进行？</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActionStrip</name>
    <message>
        <source>Copy the key&apos;s line</source>
        <translation>复制密钥行</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>全部命令</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>The line for /etc/treewarden/trusted-keys of a server that should trust this key.</source>
        <translation>写入 /etc/treewarden/trusted-keys 的一行，用于应信任此密钥的服务器。</translation>
    </message>
    <message>
        <source>Actions sent from here</source>
        <translation>从这里发送的操作</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an action, what became of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>Treewarden::ActionText</name>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>启动 %1</translation>
    </message>
    <message>
        <source>Start %1 services</source>
        <translation>启动 %1 个服务</translation>
    </message>
    <message>
        <source>%1 starts %2</source>
        <translation>%1 启动 %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>停止 %1</translation>
    </message>
    <message>
        <source>Stop %1 services</source>
        <translation>停止 %1 个服务</translation>
    </message>
    <message>
        <source>%1 stops %2</source>
        <translation>%1 停止 %2</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>重启 %1</translation>
    </message>
    <message>
        <source>Restart %1 services</source>
        <translation>重启 %1 个服务</translation>
    </message>
    <message>
        <source>%1 restarts %2</source>
        <translation>%1 重启 %2</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Reload %1</source>
        <translation>重新加载 %1</translation>
    </message>
    <message>
        <source>Reload %1 services</source>
        <translation>重新加载 %1 个服务</translation>
    </message>
    <message>
        <source>%1 reloads %2</source>
        <translation>%1 重新加载 %2</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Check %1</source>
        <translation>检查 %1</translation>
    </message>
    <message>
        <source>Check %1 services</source>
        <translation>检查 %1 个服务</translation>
    </message>
    <message>
        <source>%1 has %2 checked</source>
        <translation>%1 检查 %2</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Ping %1</source>
        <translation>对 %1 执行 Ping</translation>
    </message>
    <message>
        <source>Ping %1 services</source>
        <translation>对 %1 个服务执行 Ping</translation>
    </message>
    <message>
        <source>%1 pings %2</source>
        <translation>%1 对 %2 执行 Ping</translation>
    </message>
    <message>
        <source>Restart server</source>
        <translation>重启服务器</translation>
    </message>
    <message>
        <source>Restart server %1</source>
        <translation>重启服务器 %1</translation>
    </message>
    <message>
        <source>Restart %1 servers</source>
        <translation>重启 %1 台服务器</translation>
    </message>
    <message>
        <source>%1 restarts server %2</source>
        <translation>%1 重启服务器 %2</translation>
    </message>
    <message>
        <source>Shut down server</source>
        <translation>关闭服务器</translation>
    </message>
    <message>
        <source>Shut down server %1</source>
        <translation>关闭服务器 %1</translation>
    </message>
    <message>
        <source>Shut down %1 servers</source>
        <translation>关闭 %1 台服务器</translation>
    </message>
    <message>
        <source>%1 shuts down server %2</source>
        <translation>%1 关闭服务器 %2</translation>
    </message>
    <message>
        <source>Check server %1</source>
        <translation>检查服务器 %1</translation>
    </message>
    <message>
        <source>Check %1 servers</source>
        <translation>检查 %1 台服务器</translation>
    </message>
    <message>
        <source>%1 has server %2 checked</source>
        <translation>%1 检查服务器 %2</translation>
    </message>
    <message>
        <source>Ping server %1</source>
        <translation>对服务器 %1 执行 Ping</translation>
    </message>
    <message>
        <source>Ping %1 servers</source>
        <translation>对 %1 台服务器执行 Ping</translation>
    </message>
    <message>
        <source>%1 pings server %2</source>
        <translation>%1 对服务器 %2 执行 Ping</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an action, a service</comment>
        <translation>对 %2 执行 %1</translation>
    </message>
    <message>
        <source>%1: %2 services</source>
        <comment>an action, how many</comment>
        <translation>对 %2 个服务执行 %1</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>an action and its object, the server</comment>
        <translation>在 %2 上%1</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>某人</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>a service, the server</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>%1 does %2 with %3</source>
        <translation>%1 对 %3 执行 %2</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在执行</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>alive again</source>
        <translation>恢复存活</translation>
    </message>
    <message>
        <source>not alive</source>
        <translation>未存活</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>outcome: why</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>accepted, it waits for its turn</source>
        <translation>已接受，等待轮到它</translation>
    </message>
    <message>
        <source>done in %1, waiting for its check to say alive</source>
        <translation>已完成，用时 %1，等待其检查确认存活</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>已完成，用时 %1</translation>
    </message>
    <message>
        <source>not run: it reached the server too late</source>
        <translation>没有执行：到达服务器太晚</translation>
    </message>
    <message>
        <source>not known whether it ran to its end</source>
        <translation>不知道是否执行完毕</translation>
    </message>
    <message>
        <source>alive again after %1</source>
        <translation>%1后恢复存活</translation>
    </message>
    <message>
        <source>it ran, but it is not alive</source>
        <translation>已执行，但它未存活</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>sent, waiting for the server</source>
        <translation>已发送，等待服务器</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <translation>没有发送：%1</translation>
    </message>
    <message>
        <source>no answer; whether it ran is not known</source>
        <translation>没有应答；不知道是否已执行</translation>
    </message>
</context>
<context>
    <name>Treewarden::AgentSteps</name>
    <message>
        <source>1. Install the agent on a server and start it; it asks to be enrolled.</source>
        <translation>1. 在服务器上安装并启动代理；它会请求登记。</translation>
    </message>
    <message>
        <source>2. See who asks.</source>
        <translation>2. 查看谁在请求。</translation>
    </message>
    <message>
        <source>3. Enrol it; it appears here at once.</source>
        <translation>3. 登记它；它会立即出现在这里。</translation>
    </message>
    <message>
        <source>The first server</source>
        <translation>第一台服务器</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>复制：%1</translation>
    </message>
</context>
<context>
    <name>Treewarden::AlertFormText</name>
    <message>
        <source>The average of one minute.</source>
        <translation>一分钟的平均值。</translation>
    </message>
    <message>
        <source>The average of one minute, divided by the processors.</source>
        <translation>一分钟的平均值除以处理器数。</translation>
    </message>
    <message>
        <source>A host that does not answer has none: watch its lost pings.</source>
        <translation>没有应答的主机没有时延：请监视其丢包。</translation>
    </message>
    <message>
        <source>Of the last 60 requests.</source>
        <translation>最近 60 次请求中的比例。</translation>
    </message>
    <message>
        <source>How much of 10 s something had to wait for it.</source>
        <translation>10 秒内有任务因等待它而停顿的比例。</translation>
    </message>
    <message>
        <source>A quantity that the server measures.</source>
        <translation>服务器测量的一个量。</translation>
    </message>
    <message>
        <source>What is watched</source>
        <translation>监视的内容</translation>
    </message>
    <message>
        <source>File system</source>
        <translation>文件系统</translation>
    </message>
    <message>
        <source>Where it is mounted: /var; empty: the fullest one counts.</source>
        <translation>挂载位置，例如 /var；留空：以最满的为准。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>One of those that are pinged (Intervals); empty: the worst one counts.</source>
        <translation>被 Ping 的主机之一（见“间隔”）；留空：以最差的为准。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>label, unit</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>It begins</source>
        <translation>开始条件</translation>
    </message>
    <message>
        <source>When</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>above the threshold</source>
        <translation>高于阈值</translation>
    </message>
    <message>
        <source>below the threshold</source>
        <translation>低于阈值</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>It ends at</source>
        <translation>结束于</translation>
    </message>
    <message>
        <source>Or below it; empty: at the threshold.</source>
        <translation>或低于该值；留空：以阈值为准。</translation>
    </message>
    <message>
        <source>Or above it; empty: at the threshold.</source>
        <translation>或高于该值；留空：以阈值为准。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>By which events know it.</source>
        <translation>事件以此名称识别它。</translation>
    </message>
    <message>
        <source>For, s</source>
        <translation>持续，秒</translation>
    </message>
    <message>
        <source>So long without an exception, to begin and to end; 0: one sample is enough.</source>
        <translation>开始和结束都须无例外地持续这么久；0：一个样本即可。</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>How it is told</source>
        <translation>通知的方式</translation>
    </message>
    <message>
        <source>as usual: a warning</source>
        <translation>默认：警告</translation>
    </message>
    <message>
        <source>a warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>What helps, for whoever reads the alert; at most 200 characters.</source>
        <translation>给看到告警的人的处理建议；最多 200 个字符。</translation>
    </message>
</context>
<context>
    <name>Treewarden::Announcer</name>
    <message>
        <source>Connected: the values are live again.</source>
        <translation>已连接：数值恢复实时。</translation>
    </message>
    <message>
        <source>No live data. %1</source>
        <translation>没有实时数据。%1</translation>
    </message>
    <message>
        <source>%1 more problems</source>
        <translation>另有 %1 个问题</translation>
    </message>
    <message>
        <source>Nothing needs you any more.</source>
        <translation>不再有需要处理的问题。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ChartBar</name>
    <message>
        <source>Back to live</source>
        <translation>返回实时</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Shown charts</source>
        <translation>显示的图表</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不比较</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>The week before</source>
        <translation>前一周</translation>
    </message>
    <message>
        <source>Another server…</source>
        <translation>另一台服务器…</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>名称或地址</translation>
    </message>
    <message>
        <source>Server to compare with</source>
        <translation>要比较的服务器</translation>
    </message>
    <message>
        <source>Save as picture (PNG)…</source>
        <translation>保存为图片 (PNG)…</translation>
    </message>
    <message>
        <source>Save the numbers (CSV)…</source>
        <translation>保存数值 (CSV)…</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare: %1</source>
        <translation>比较：%1</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>%1</translation>
    </message>
</context>
<context>
    <name>Treewarden::ChartPanel</name>
    <message>
        <source>GiB of %1</source>
        <extracomment>%1 is the server&apos;s memory</extracomment>
        <translation>GiB，共 %1</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
</context>
<context>
    <name>Treewarden::ChartSaver</name>
    <message>
        <source>The charts are copied as a picture.</source>
        <translation>图表已作为图片复制。</translation>
    </message>
    <message>
        <source>Save the charts</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>The charts are not saved in %1: %2.</source>
        <translation>图表未能保存到 %1：%2。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ChartStack</name>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
</context>
<context>
    <name>Treewarden::ChartView</name>
    <message>
        <source>and %1 more</source>
        <translation>及另外 %1 个</translation>
    </message>
</context>
<context>
    <name>Treewarden::CommandDetails</name>
    <message>
        <source>Repeat…</source>
        <translation>再次执行…</translation>
    </message>
    <message>
        <source>Open server</source>
        <translation>打开服务器</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>The command in full</source>
        <translation>完整的命令</translation>
    </message>
    <message>
        <source>Choose a command to read what became of it.</source>
        <translation>选择一个命令以查看其结果。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>schedule %1</source>
        <translation>定时计划 %1</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>What was told</source>
        <translation>过程记录</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>%1后</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>退出码 %1</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>凭证</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
</context>
<context>
    <name>Treewarden::CommandLog</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>schedule %1</source>
        <translation>定时计划 %1</translation>
    </message>
</context>
<context>
    <name>Treewarden::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Go to or do</source>
        <translation>前往或执行</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>找到的内容</translation>
    </message>
    <message>
        <source>Server, service, page or action</source>
        <translation>服务器、服务、页面或操作</translation>
    </message>
    <message>
        <source>Enter opens, Ctrl+Enter acts, &gt; lists actions only, Esc leaves</source>
        <translation>Enter 打开，Ctrl+Enter 操作，&gt; 只列出操作，Esc 退出</translation>
    </message>
    <message>
        <source>Enter opens, &gt; lists actions only, Esc leaves</source>
        <translation>Enter 打开，&gt; 只列出操作，Esc 退出</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a menu, a choice of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Saved filter</source>
        <translation>保存的过滤器</translation>
    </message>
    <message>
        <source>Maintenance…</source>
        <translation>维护…</translation>
    </message>
    <message>
        <source>What to do with %1</source>
        <translation>对 %1 做什么</translation>
    </message>
    <message>
        <source>Enter asks before anything is done, Esc goes back</source>
        <translation>按 Enter 后会先询问再执行，Esc 返回</translation>
    </message>
</context>
<context>
    <name>Treewarden::CommandTable</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>Treewarden::CommandsPage</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>The commands are not known yet.</source>
        <translation>命令尚不可知。</translation>
    </message>
    <message>
        <source>No command matches %1.</source>
        <translation>没有命令匹配 %1。</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Nobody has commanded anything yet.</source>
        <translation>还没有人发出过命令。</translation>
    </message>
    <message>
        <source>Every start, stop and restart will stand here, with who asked for it, why, and what became of it.</source>
        <translation>每次启动、停止和重启都会显示在这里，以及操作者、原因和结果。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>执行中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>By schedule</source>
        <translation>由定时计划</translation>
    </message>
    <message>
        <source>Filter: failed   action:restart   who:li.wei   since:2h   or any text</source>
        <translation>筛选：failed   action:restart   who:li.wei   since:2h   或任意文字</translation>
    </message>
    <message>
        <source>how it stands: running, done, failed, refused, expired</source>
        <translation>命令的状态：running、done、failed、refused、expired</translation>
    </message>
    <message>
        <source>the schedule asked for it</source>
        <translation>由定时计划请求</translation>
    </message>
    <message>
        <source>start, stop, restart, reload, refresh</source>
        <translation>start、stop、restart、reload、refresh</translation>
    </message>
    <message>
        <source>who asked for it</source>
        <translation>谁请求的</translation>
    </message>
    <message>
        <source>part of the reason</source>
        <translation>原因的一部分</translation>
    </message>
    <message>
        <source>part of the server&apos;s name</source>
        <translation>服务器名称的一部分</translation>
    </message>
    <message>
        <source>the address begins so</source>
        <translation>地址的开头</translation>
    </message>
    <message>
        <source>of services of that role</source>
        <translation>属于该角色的服务</translation>
    </message>
    <message>
        <source>not earlier: 30min, 2h, 7d, 03:12, 2026-11-26</source>
        <translation>不早于：30min、2h、7d、03:12、2026-11-26</translation>
    </message>
    <message>
        <source>not later</source>
        <translation>不晚于</translation>
    </message>
    <message>
        <source>a minus excludes</source>
        <translation>减号表示排除</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Sign and save…</source>
        <translation>签名并保存…</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Ctrl+Z</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>No changes</source>
        <translation>没有更改</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>1 处更改</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 处更改</translation>
    </message>
    <message>
        <source>at line %1</source>
        <translation>在第 %1 行</translation>
    </message>
    <message>
        <source>at line %1 of %2</source>
        <translation>在 %2 的第 %1 行</translation>
    </message>
    <message>
        <source>1 error %1</source>
        <comment>place</comment>
        <translation>1 个错误，%1</translation>
    </message>
    <message>
        <source>%1 errors, the first %2</source>
        <comment>count, place</comment>
        <translation>%1 个错误，第一个%2</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Takes all changes back; undo brings them again.</source>
        <translation>收回所有更改；撤销可恢复它们。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigBook</name>
    <message>
        <source>It has no configuration.</source>
        <translation>它没有配置。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigDifferenceText</name>
    <message>
        <source>all of %1</source>
        <translation>%1 的全部实例</translation>
    </message>
    <message>
        <source>Service %1</source>
        <translation>服务 %1</translation>
    </message>
    <message>
        <source>Action of %1</source>
        <translation>%1 的操作</translation>
    </message>
    <message>
        <source>Schedule entry %1</source>
        <translation>定时计划 %1</translation>
    </message>
    <message>
        <source>%1 is new: %2</source>
        <translation>%1 为新增：%2</translation>
    </message>
    <message>
        <source>%1 is removed, it was %2</source>
        <translation>%1 已移除，原为 %2</translation>
    </message>
    <message>
        <source>%1 becomes %2, it was %3</source>
        <translation>%1 变为 %2，原为 %3</translation>
    </message>
    <message>
        <source>Alert %1</source>
        <translation>告警 %1</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigDocumentText</name>
    <message>
        <source>stands twice, and only the last would count; delete one</source>
        <translation>出现了两次，只有最后一个有效；请删除一个</translation>
    </message>
    <message>
        <source>is set by the save itself; delete it here</source>
        <translation>由保存时自动设置；请在此删除</translation>
    </message>
    <message>
        <source>must be an object {…} or a list […]</source>
        <translation>必须是对象 {…} 或列表 […]</translation>
    </message>
    <message>
        <source>the configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>the configuration is not a JSON object: write it as {…}</source>
        <translation>配置不是 JSON 对象：请写成 {…}</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigEditor</name>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Controlled</source>
        <translation>控制操作</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>定时计划</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Intervals</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Servers that are edited</source>
        <translation>正在编辑的服务器</translation>
    </message>
    <message>
        <source>Part of the configuration</source>
        <translation>配置的部分</translation>
    </message>
    <message>
        <source>Form or JSON</source>
        <translation>表单或 JSON</translation>
    </message>
    <message>
        <source>All %1 servers</source>
        <translation>全部 %1 台服务器</translation>
    </message>
    <message>
        <source>The configuration is being read.</source>
        <translation>正在读取配置。</translation>
    </message>
    <message>
        <source>%1, from version %2</source>
        <translation>%1，从版本 %2</translation>
    </message>
    <message>
        <source>%1, from version %2 to yours</source>
        <translation>%1，从版本 %2 到您的版本</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有任何更改。</translation>
    </message>
    <message>
        <source>That version holds the same as yours.</source>
        <translation>该版本与您的内容相同。</translation>
    </message>
    <message>
        <source>Roll back to version %1</source>
        <translation>回滚到版本 %1</translation>
    </message>
    <message>
        <source>Version %1 holds the same as the version that stands.</source>
        <translation>版本 %1 与当前版本内容相同。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigEntryList</name>
    <message>
        <source>%1 of %2 servers</source>
        <translation>%2 台服务器中的 %1 台</translation>
    </message>
    <message>
        <source>, has an error</source>
        <translation>，有错误</translation>
    </message>
    <message>
        <source>, changed</source>
        <translation>，已更改</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigEntryText</name>
    <message>
        <source>all of %1</source>
        <translation>%1 的全部实例</translation>
    </message>
    <message>
        <source>%1 of the server</source>
        <comment>action</comment>
        <translation>服务器的 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>action, service</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>Intervals and ping</source>
        <translation>间隔与 ping</translation>
    </message>
    <message>
        <source>protected</source>
        <translation>受保护</translation>
    </message>
    <message>
        <source>%1, protected</source>
        <comment>check</comment>
        <translation>%1，受保护</translation>
    </message>
    <message>
        <source>, switched off</source>
        <translation>，已关闭</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigFormText</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>The program&apos;s name as it stands first in its command line, without its folder.</source>
        <translation>程序名，即命令行中的第一个词，不含目录。</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Every one of these texts must be in the command line, one a line.</source>
        <translation>这些文字都必须出现在命令行中，每行一个。</translation>
    </message>
    <message>
        <source>Executable</source>
        <translation>可执行文件</translation>
    </message>
    <message>
        <source>The file that runs, a whole path.</source>
        <translation>运行的文件，完整路径。</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>The user that the process runs as.</source>
        <translation>进程以该用户运行。</translation>
    </message>
    <message>
        <source>PID file</source>
        <translation>PID 文件</translation>
    </message>
    <message>
        <source>The process that this file names must run.</source>
        <translation>此文件所指的进程必须在运行。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Empty: the instance&apos;s name where it is a number, else the role&apos;s usual port.</source>
        <translation>留空：实例名为数字时用实例名，否则用该角色的常用端口。</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>How many such processes must run; empty: 1.</source>
        <translation>至少要有多少个这样的进程；留空：1。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>A systemd unit such as nginx.service; empty: no unit may be failed.</source>
        <translation>systemd 单元，如 nginx.service；留空：不得有失败的单元。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>A path that starts with &apos;/&apos;.</source>
        <translation>以“/”开头的路径。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Empty: the server itself.</source>
        <translation>留空：服务器本身。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>What is said first; \r \n \t \\ are understood.</source>
        <translation>首先发送的内容；可用 \r \n \t \\。</translation>
    </message>
    <message>
        <source>Expect</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>What the answer must contain or be.</source>
        <translation>应答必须包含或等于的内容。</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>http or https; no redirect is followed.</source>
        <translation>http 或 https；不跟随重定向。</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The status that is expected, or the path of the status page.</source>
        <translation>期望的状态码，或状态页的路径。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>What must be found there.</source>
        <translation>必须在其中找到的内容。</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>最慢</translation>
    </message>
    <message>
        <source>The answer must come within so many ms.</source>
        <translation>必须在这么多毫秒内应答。</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Without such a process the service is died, whatever its socket says.</source>
        <translation>没有这样的进程，服务即为故障，无论其套接字如何。</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>每隔</translation>
    </message>
    <message>
        <source>A good answer counts for so many seconds.</source>
        <translation>一次成功的应答在这么多秒内有效。</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>A file on the server itself with user and password; never the password.</source>
        <translation>服务器上含用户名和密码的文件；绝不填写密码本身。</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>At least so much must be free: 10% or 20G.</source>
        <translation>至少要剩余这么多：10% 或 20G。</translation>
    </message>
    <message>
        <source>As</source>
        <translation>作为</translation>
    </message>
    <message>
        <source>The kind of check: tcp, http, file, process or unix.</source>
        <translation>检查的种类：tcp、http、file、process 或 unix。</translation>
    </message>
    <message>
        <source>A whole number of 1 or more.</source>
        <translation>1 或更大的整数。</translation>
    </message>
    <message>
        <source>A whole number of 0 or more.</source>
        <translation>0 或更大的整数。</translation>
    </message>
    <message>
        <source>A number of seconds.</source>
        <translation>秒数。</translation>
    </message>
    <message>
        <source>Percent, 0 to 100.</source>
        <translation>百分比，0 到 100。</translation>
    </message>
    <message>
        <source>Bytes, or with a unit: 20G.</source>
        <translation>字节数，或带单位：20G。</translation>
    </message>
    <message>
        <source>A port, 1 to 65535.</source>
        <translation>端口，1 到 65535。</translation>
    </message>
    <message>
        <source>A regular expression; ^ and $ are a line&apos;s.</source>
        <translation>正则表达式；^ 和 $ 表示行首行尾。</translation>
    </message>
    <message>
        <source>The probe with the role&apos;s name, with its usual port.</source>
        <translation>与角色同名的探针，使用其常用端口。</translation>
    </message>
    <message>
        <source>Alive when the last number that is printed is above 0. Text that is not of a well-known shape runs only where it is signed and the server&apos;s policy allows a shell.</source>
        <translation>打印的最后一个数字大于 0 即为存活。不属于常见形式的文本只有在已签名且服务器策略允许 shell 时才运行。</translation>
    </message>
    <message>
        <source>Without a check the service stays unknown.</source>
        <translation>没有检查，服务就一直未知。</translation>
    </message>
    <message>
        <source>Alive while such a process runs.</source>
        <translation>有这样的进程在运行即为存活。</translation>
    </message>
    <message>
        <source>Alive while the socket accepts connections, and answers as expected.</source>
        <translation>套接字接受连接并按预期应答即为存活。</translation>
    </message>
    <message>
        <source>Alive while the page is answered as expected.</source>
        <translation>页面按预期应答即为存活。</translation>
    </message>
    <message>
        <source>Alive while the unit is active.</source>
        <translation>单元处于活动状态即为存活。</translation>
    </message>
    <message>
        <source>Alive while it is mounted and has room.</source>
        <translation>已挂载且有空间即为存活。</translation>
    </message>
    <message>
        <source>Alive while the file is as it should be.</source>
        <translation>文件符合要求即为存活。</translation>
    </message>
    <message>
        <source>Alive while it answers as a %1 does.</source>
        <translation>能像 %1 那样应答即为存活。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigFormView</name>
    <message>
        <source>Entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>No service is watched yet.</source>
        <translation>尚未监视任何服务。</translation>
    </message>
    <message>
        <source>Nothing can be done on it from here yet.</source>
        <translation>尚不能从这里对它执行操作。</translation>
    </message>
    <message>
        <source>Nothing is scheduled on it.</source>
        <translation>没有为它设置定时计划。</translation>
    </message>
    <message>
        <source>No log is read.</source>
        <translation>没有读取日志。</translation>
    </message>
    <message>
        <source>Add a service</source>
        <translation>添加服务</translation>
    </message>
    <message>
        <source>Add an action</source>
        <translation>添加操作</translation>
    </message>
    <message>
        <source>Add an entry</source>
        <translation>添加条目</translation>
    </message>
    <message>
        <source>Add a log</source>
        <translation>添加日志</translation>
    </message>
    <message>
        <source>The JSON has an error; mend it there first.</source>
        <translation>JSON 中有错误；请先在那里修正。</translation>
    </message>
    <message>
        <source>Show the JSON</source>
        <translation>显示 JSON</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>接下来：%1</translation>
    </message>
    <message>
        <source>Nobody is warned of its load yet.</source>
        <translation>尚未对其负载设置任何告警。</translation>
    </message>
    <message>
        <source>Add an alert</source>
        <translation>添加告警</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigHistory</name>
    <message>
        <source>No earlier version is remembered.</source>
        <translation>没有记住更早的版本。</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>unsigned</source>
        <translation>未签名</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigPage</name>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigSaveDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save without signature</source>
        <translation>不签名保存</translation>
    </message>
    <message>
        <source>Save configuration</source>
        <translation>保存配置</translation>
    </message>
    <message>
        <source>Save the configuration of %1?</source>
        <translation>保存 %1 的配置？</translation>
    </message>
    <message>
        <source>Save the configurations of %1 servers?</source>
        <translation>保存 %1 台服务器的配置？</translation>
    </message>
    <message>
        <source>What is saved</source>
        <translation>要保存的内容</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>%1, version %2 to %3</source>
        <translation>%1，版本 %2 到 %3</translation>
    </message>
    <message>
        <source>%1 more changes</source>
        <translation>另有 %1 处更改</translation>
    </message>
    <message>
        <source>Only the layout of the text changes.</source>
        <translation>只有文本的排版有变化。</translation>
    </message>
    <message>
        <source>and %1 more servers</source>
        <translation>以及另外 %1 台服务器</translation>
    </message>
    <message>
        <source>Your signature lets this run on %1:</source>
        <translation>您的签名允许在 %1 上运行：</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 项</translation>
    </message>
    <message>
        <source>Signed with the key %1.</source>
        <translation>以密钥 %1 签名。</translation>
    </message>
    <message>
        <source>Your signing key is locked.</source>
        <translation>您的签名密钥已锁定。</translation>
    </message>
    <message>
        <source>Sign and save</source>
        <translation>签名并保存</translation>
    </message>
    <message>
        <source>Unlock key…</source>
        <translation>解锁密钥…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Saved on %1 servers</source>
        <translation>已保存到 %1 台服务器</translation>
    </message>
    <message>
        <source>%1 of %2 saved</source>
        <translation>已保存 %1 / %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>server, what became of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: is being saved</source>
        <translation>%1：正在保存</translation>
    </message>
    <message>
        <source>%1: waits</source>
        <translation>%1：等待中</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigSaver</name>
    <message>
        <source>Another machine reports as %1 (machine_id %2) than the enrolled one (%3): look who it is. If the server was replaced, accept it again.</source>
        <translation>以 %1 上报的是另一台机器（machine_id %2），与已登记的（%3）不同：请查明是谁。如果服务器已更换，请重新接受它。</translation>
    </message>
    <message>
        <source>Redis does not answer: nothing can be saved now. What was changed stays here.</source>
        <translation>Redis 没有应答：现在无法保存。您的更改保留在这里。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有任何更改。</translation>
    </message>
    <message>
        <source>Somebody else saved the configuration of %1 meanwhile: say first what becomes of your changes.</source>
        <translation>其他人同时保存了 %1 的配置：请先决定如何处理您的更改。</translation>
    </message>
    <message>
        <source>The configuration of %1 has an error at line %2: %3</source>
        <translation>%1 的配置在第 %2 行有错误：%3</translation>
    </message>
    <message>
        <source>The configuration of %1 is signed, and agents that trust keys would ignore one that is not: unlock your key.</source>
        <translation>%1 的配置是签名的，信任密钥的代理会忽略未签名的配置：请解锁您的密钥。</translation>
    </message>
    <message>
        <source>The connection to this Redis was ended before the answer.</source>
        <translation>在应答之前，与此 Redis 的连接已结束。</translation>
    </message>
    <message>
        <source>No Redis is configured any more.</source>
        <translation>已不再配置 Redis。</translation>
    </message>
    <message>
        <source>The key was locked before it was this one&apos;s turn.</source>
        <translation>轮到这一台之前密钥已被锁定。</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>Not saved: the server was removed meanwhile.</source>
        <translation>未保存：服务器同时已被移除。</translation>
    </message>
    <message>
        <source>Saved as version %1.</source>
        <translation>已保存为版本 %1。</translation>
    </message>
    <message>
        <source>Redis fell silent before it answered, so it is not known whether this was saved. What was changed stays here.</source>
        <translation>Redis 在应答前没有了响应，因此不知道是否已保存。您的更改保留在这里。</translation>
    </message>
    <message>
        <source>Not saved: the connection to Redis broke.</source>
        <translation>未保存：与 Redis 的连接中断。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfigSession</name>
    <message>
        <source>Typing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>%1 has no configuration: it was removed, or never enrolled.</source>
        <translation>%1 没有配置：它已被移除，或从未登记。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃更改</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Acts on</source>
        <translation>操作对象</translation>
    </message>
    <message>
        <source>and %1 more servers</source>
        <translation>及另外 %1 台服务器</translation>
    </message>
    <message>
        <source>What happens then</source>
        <translation>操作后的影响</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>a state before and after</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>No role of a service tree changes its state</source>
        <translation>服务树中没有角色的状态会变化</translation>
    </message>
    <message>
        <source>1 other role is not touched</source>
        <translation>其他 1 个角色不受影响</translation>
    </message>
    <message>
        <source>%1 other roles are not touched</source>
        <translation>其他 %1 个角色不受影响</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>One after another, end at the first failure</source>
        <translation>逐个进行，首次失败即结束</translation>
    </message>
    <message>
        <source>All at once</source>
        <translation>同时进行</translation>
    </message>
    <message>
        <source>Why (it is recorded)</source>
        <translation>原因（会被记录）</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>for example: new certificate</source>
        <translation>例如：更换证书</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>输入 %1 以确认</translation>
    </message>
    <message>
        <source>Recorded in Commands.</source>
        <translation>会记录在“命令”中。</translation>
    </message>
    <message>
        <source>Signed as %1. Recorded in Commands.</source>
        <translation>以 %1 签名。会记录在“命令”中。</translation>
    </message>
    <message>
        <source>Continue…</source>
        <translation>继续…</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConflictBanner</name>
    <message>
        <source>Somebody saved version %1 of %2 meanwhile. Your changes are kept here.</source>
        <translation>同时有人保存了 %2 的版本 %1。您的更改保留在这里。</translation>
    </message>
    <message>
        <source>%1 saved version %2 of %3 meanwhile. Your changes are kept here.</source>
        <translation>%1 同时保存了 %3 的版本 %2。您的更改保留在这里。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Put mine on top</source>
        <translation>以我的覆盖</translation>
    </message>
    <message>
        <source>Discard mine</source>
        <translation>放弃我的</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConnectionForm</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>redis://host:6379/0, rediss:// for TLS, unix:///path/redis.sock</source>
        <translation>redis://主机:6379/0，TLS 用 rediss://，unix:///路径/redis.sock</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>only when Redis has users</source>
        <translation>仅当 Redis 设有用户时</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Certificate authority (PEM)</source>
        <translation>证书颁发机构 (PEM)(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;lient certificate (PEM)</source>
        <translation>客户端证书 (PEM)(&amp;L)</translation>
    </message>
    <message>
        <source>Client &amp;key (PEM)</source>
        <translation>客户端密钥 (PEM)(&amp;K)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.key);;All files (*)</source>
        <translation>证书和密钥 (*.pem *.crt *.key);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Type the address of the Redis that the agents report to, such as redis://10.0.0.1:6379/0.</source>
        <translation>请输入代理程序所报告的 Redis 的地址，例如 redis://10.0.0.1:6379/0。</translation>
    </message>
    <message>
        <source>User %1 needs a password.</source>
        <translation>用户 %1 需要密码。</translation>
    </message>
    <message>
        <source>Connecting to %1 …</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>Encrypted (&amp;TLS)</source>
        <translation>加密 (TLS)(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>what people call the site: Shanghai</source>
        <translation>人们对站点的称呼：上海</translation>
    </message>
    <message>
        <source>Where the password is kept</source>
        <translation>密码的保存位置</translation>
    </message>
    <message>
        <source>Kept in the keyring</source>
        <translation>保存在密钥环中</translation>
    </message>
    <message>
        <source>Not kept: asked for at every start</source>
        <translation>不保存：每次启动时询问</translation>
    </message>
    <message>
        <source>Kept in a file that only you can read (0600)</source>
        <translation>保存在只有您能读取的文件中 (0600)</translation>
    </message>
    <message>
        <source>only when Redis asks for one</source>
        <translation>仅在 Redis 要求时</translation>
    </message>
    <message>
        <source>asked for at every start</source>
        <translation>每次启动时询问</translation>
    </message>
    <message>
        <source>kept; type to change it</source>
        <translation>已保存；输入即可更改</translation>
    </message>
    <message>
        <source>%1 Choose another place for the password.</source>
        <translation>%1 请为密码选择其他保存位置。</translation>
    </message>
    <message>
        <source>%1 The password can be asked for at every start, or lie in a file that only you can read.</source>
        <translation>%1 密码可以每次启动时询问，或放在只有您能读取的文件中。</translation>
    </message>
    <message>
        <source>Not encrypted: whoever can read your files can read it.</source>
        <translation>未加密：能读取您文件的人都能读到它。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConnectionTest</name>
    <message>
        <source>%1 has not answered for 10 s; is it a Redis?</source>
        <translation>%1 在 10 秒内没有应答；它是 Redis 吗？</translation>
    </message>
    <message>
        <source>Connected, but it refuses to read the fleet: %1</source>
        <translation>已连接，但它拒绝读取集群：%1</translation>
    </message>
    <message>
        <source>It works: connected after %1 ms, %2 enrolled.</source>
        <translation>连接成功：用时 %1 毫秒，已登记 %2。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ConsoleApp</name>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>Treewarden::DesktopNotifier</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>Treewarden::DifferencePanel</name>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>and more</source>
        <translation>等等</translation>
    </message>
    <message>
        <source>%1 more lines are not shown here</source>
        <translation>另有 %1 行未在此显示</translation>
    </message>
</context>
<context>
    <name>Treewarden::EnrolDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Unlock key…</source>
        <translation>解锁密钥…</translation>
    </message>
    <message>
        <source>Send away</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Servers that ask to be enrolled</source>
        <translation>请求登记的服务器</translation>
    </message>
    <message>
        <source>Accept a server</source>
        <translation>接受服务器</translation>
    </message>
    <message>
        <source>Servers that ask</source>
        <translation>请求的服务器</translation>
    </message>
    <message>
        <source>They ask again when their agents start anew.</source>
        <translation>它们的代理重新启动时会再次请求。</translation>
    </message>
    <message>
        <source>What it told is being read.</source>
        <translation>正在读取它提供的信息。</translation>
    </message>
    <message>
        <source>It takes the place of the machine that is enrolled there</source>
        <translation>它将取代在该地址登记的机器</translation>
    </message>
    <message>
        <source>It gets the configuration that stands.</source>
        <translation>它得到现有的配置。</translation>
    </message>
    <message>
        <source>It found no service; add some to its configuration.</source>
        <translation>它没有发现任何服务；请在其配置中添加。</translation>
    </message>
    <message>
        <source>Services that it found; those that are checked will be watched</source>
        <translation>它发现的服务；勾选的将被监视</translation>
    </message>
    <message>
        <source>Services that it found</source>
        <translation>它发现的服务</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>service, check</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Your signature lets this run there:</source>
        <translation>您的签名允许在那里运行：</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 项</translation>
    </message>
    <message>
        <source>Signed with the key %1.</source>
        <translation>以密钥 %1 签名。</translation>
    </message>
    <message>
        <source>Without a key they are accepted unsigned: watched, but nothing can be run there.</source>
        <translation>没有密钥时以未签名方式接受：会被监视，但不能在其上运行任何操作。</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>接受 %1</translation>
    </message>
    <message>
        <source>Sign and accept</source>
        <translation>签名并接受</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Treewarden::Enroller</name>
    <message>
        <source>It does not ask any more.</source>
        <translation>它不再请求。</translation>
    </message>
    <message>
        <source>Redis does not answer: nothing can be decided now.</source>
        <translation>Redis 没有应答：现在无法决定。</translation>
    </message>
    <message>
        <source>No server is chosen that could be accepted.</source>
        <translation>没有选择可接受的服务器。</translation>
    </message>
    <message>
        <source>The connection to this Redis was ended before the answer.</source>
        <translation>在应答之前，与此 Redis 的连接已结束。</translation>
    </message>
    <message>
        <source>Not accepted, what it asks for has errors: %1</source>
        <translation>未接受，其请求内容有错误：%1</translation>
    </message>
    <message>
        <source>Not accepted: %1</source>
        <translation>未接受：%1</translation>
    </message>
    <message>
        <source>It was enrolled by somebody else meanwhile.</source>
        <translation>它同时已被其他人登记。</translation>
    </message>
    <message>
        <source>Accepted; its configuration is signed.</source>
        <translation>已接受；其配置已签名。</translation>
    </message>
    <message>
        <source>Accepted without a signature: it is watched, and runs nothing.</source>
        <translation>已接受但未签名：会被监视，不运行任何操作。</translation>
    </message>
    <message>
        <source>The configuration that stands is signed: unlock your key to sign it for the new machine.</source>
        <translation>现有配置是签名的：请解锁您的密钥，为新机器签名。</translation>
    </message>
    <message>
        <source>Somebody else changed its configuration meanwhile: read it again.</source>
        <translation>其他人同时更改了它的配置：请重新读取。</translation>
    </message>
    <message>
        <source>Accepted in the place of the machine that was enrolled there.</source>
        <translation>已接受，取代原先登记的机器。</translation>
    </message>
    <message>
        <source>Sent away; it asks again when its agent starts anew.</source>
        <translation>已拒绝；其代理重新启动时会再次请求。</translation>
    </message>
</context>
<context>
    <name>Treewarden::EnrolmentText</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Machine id</source>
        <translation>机器标识</translation>
    </message>
    <message>
        <source>OS</source>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>请求时间</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Another machine is enrolled under this address (machine id %1): look who asks before you let it take that place.</source>
        <translation>该地址已登记另一台机器（机器标识 %1）：在让它取代之前请查明是谁在请求。</translation>
    </message>
    <message>
        <source>This server is enrolled already.</source>
        <translation>此服务器已经登记。</translation>
    </message>
    <message>
        <source>The server at this address was removed %1 ago.</source>
        <translation>该地址的服务器于 %1前被移除。</translation>
    </message>
    <message>
        <source>It was another machine then (machine id %1).</source>
        <translation>当时是另一台机器（机器标识 %1）。</translation>
    </message>
    <message>
        <source>It tells no machine id, so its configuration is bound to no machine and runs nothing there.</source>
        <translation>它没有提供机器标识，因此其配置不绑定任何机器，也不会在其上运行任何操作。</translation>
    </message>
</context>
<context>
    <name>Treewarden::EntryChangeText</name>
    <message>
        <source>Add a service</source>
        <translation>添加服务</translation>
    </message>
    <message>
        <source>Add an action</source>
        <translation>添加操作</translation>
    </message>
    <message>
        <source>Add an entry</source>
        <translation>添加条目</translation>
    </message>
    <message>
        <source>Add a log</source>
        <translation>添加日志</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add an alert</source>
        <translation>添加告警</translation>
    </message>
</context>
<context>
    <name>Treewarden::EventDetails</name>
    <message>
        <source>See this moment</source>
        <translation>查看此刻</translation>
    </message>
    <message>
        <source>Open server</source>
        <translation>打开服务器</translation>
    </message>
    <message>
        <source>Show in tree</source>
        <translation>在服务树中显示</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
    <message>
        <source>The event in full</source>
        <translation>完整的事件</translation>
    </message>
    <message>
        <source>Choose an event to read all that was told of it.</source>
        <translation>选择一个事件以查看其全部内容。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1，%2前</translation>
    </message>
    <message>
        <source>Its clock</source>
        <translation>服务器时钟</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>What it changed</source>
        <translation>更改内容</translation>
    </message>
</context>
<context>
    <name>Treewarden::EventList</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>还没有事件。</translation>
    </message>
    <message>
        <source>See this moment</source>
        <translation>查看此刻</translation>
    </message>
</context>
<context>
    <name>Treewarden::EventLog</name>
    <message>
        <source>The events cannot be written to %1: %2. Choose another place.</source>
        <translation>事件无法写入 %1：%2。请选择其他位置。</translation>
    </message>
    <message>
        <source>Today, %1</source>
        <translation>今天，%1</translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation>昨天，%1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
</context>
<context>
    <name>Treewarden::EventTable</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
</context>
<context>
    <name>Treewarden::EventsPage</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>还没有事件。</translation>
    </message>
    <message>
        <source>The events are not known yet.</source>
        <translation>事件尚不可知。</translation>
    </message>
    <message>
        <source>Every change of a server or service will stand here.</source>
        <translation>服务器和服务的每次变化都会显示在这里。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the events that the filter leaves to a CSV file</source>
        <translation>将筛选后的事件写入 CSV 文件</translation>
    </message>
    <message>
        <source>Filter: died   type:config   role:mysql   since:2h   or any text</source>
        <translation>筛选：died   type:config   role:mysql   since:2h   或任意文字</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>the state it led to: alive, degraded, died, unknown, maintenance</source>
        <translation>变为的状态：alive、degraded、died、unknown、maintenance</translation>
    </message>
    <message>
        <source>alive, service, command, config, maintenance, address, alert</source>
        <translation>alive、service、command、config、maintenance、address、alert</translation>
    </message>
    <message>
        <source>the address begins so</source>
        <translation>地址的开头</translation>
    </message>
    <message>
        <source>part of the server&apos;s name</source>
        <translation>服务器名称的一部分</translation>
    </message>
    <message>
        <source>of services of that role</source>
        <translation>属于该角色的服务</translation>
    </message>
    <message>
        <source>who asked for it</source>
        <translation>谁请求的</translation>
    </message>
    <message>
        <source>what became of a command or configuration</source>
        <translation>命令或配置的结果</translation>
    </message>
    <message>
        <source>not earlier: 30min, 2h, 7d, 03:12, 2026-11-26</source>
        <translation>不早于：30min、2h、7d、03:12、2026-11-26</translation>
    </message>
    <message>
        <source>not later</source>
        <translation>不晚于</translation>
    </message>
    <message>
        <source>a minus excludes</source>
        <translation>减号表示排除</translation>
    </message>
    <message>
        <source>reading older ones</source>
        <translation>正在读取更早的事件</translation>
    </message>
    <message>
        <source>older ones cannot be read: %1</source>
        <translation>无法读取更早的事件：%1</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%2 个中 %1 个匹配</translation>
    </message>
    <message>
        <source>all %1 that are kept</source>
        <translation>保留的全部 %1 个</translation>
    </message>
    <message>
        <source>the newest %1</source>
        <translation>最新的 %1 个</translation>
    </message>
    <message>
        <source>No event matches %1.</source>
        <translation>没有事件匹配 %1。</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Export events</source>
        <translation>导出事件</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
</context>
<context>
    <name>Treewarden::ExampleDesk</name>
    <message>
        <source>This is an example: nothing is written anywhere.</source>
        <translation>这是示例：不会写入任何内容。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ExampleNotice</name>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>These servers are made up and change by themselves. Nothing is connected, nothing can be acted on.</source>
        <translation>这些服务器是虚构的，会自行变化。没有任何连接，也不能执行任何操作。</translation>
    </message>
    <message>
        <source>Leave the example</source>
        <translation>离开示例</translation>
    </message>
</context>
<context>
    <name>Treewarden::ExampleSource</name>
    <message>
        <source>example</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>Treewarden::FieldWidget</name>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
</context>
<context>
    <name>Treewarden::FilterChips</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Not alive</source>
        <translation>未存活</translation>
    </message>
    <message>
        <source>CPU &gt; 80</source>
        <translation>CPU &gt; 80</translation>
    </message>
    <message>
        <source>Memory &gt; 90</source>
        <translation>内存 &gt; 90</translation>
    </message>
    <message>
        <source>Disk &gt; 90</source>
        <translation>磁盘 &gt; 90</translation>
    </message>
    <message>
        <source>Save filter</source>
        <translation>保存过滤器</translation>
    </message>
    <message>
        <source>Give this filter a name, so that it stands here (Ctrl+S)</source>
        <translation>给此过滤器命名，使其显示在这里（Ctrl+S）</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Another name for the filter &quot;%1&quot;:</source>
        <translation>过滤器“%1”的新名称：</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Saved filter</source>
        <translation>已保存的过滤器</translation>
    </message>
    <message>
        <source>A name for the filter %1:</source>
        <translation>过滤器 %1 的名称：</translation>
    </message>
</context>
<context>
    <name>Treewarden::FilterCompleter</name>
    <message>
        <source>How the word may go on</source>
        <translation>该词可能的后续</translation>
    </message>
</context>
<context>
    <name>Treewarden::FilterField</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>Treewarden::FilterPanel</name>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>What is new appears at once while the list stands at its top</source>
        <translation>列表位于顶部时，新内容会立即出现</translation>
    </message>
    <message>
        <source>%1 new</source>
        <translation>%1 条新内容</translation>
    </message>
    <message>
        <source>Words are joined by and</source>
        <translation>多个词须同时满足</translation>
    </message>
</context>
<context>
    <name>Treewarden::FirstStart</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Treewarden watches your servers through Redis.</source>
        <translation>Treewarden 通过 Redis 监视您的服务器。</translation>
    </message>
    <message>
        <source>Agents on the servers report to it; this console shows what they say.</source>
        <translation>服务器上的代理程序向 Redis 报告；本控制台显示其内容。</translation>
    </message>
    <message>
        <source>Show me an example fleet</source>
        <translation>显示示例集群</translation>
    </message>
</context>
<context>
    <name>Treewarden::FleetDesk</name>
    <message>
        <source>Another Redis is watched now: what becomes of it is not seen here.</source>
        <translation>现在监视的是另一个 Redis：这里看不到其结果。</translation>
    </message>
    <message>
        <source>another Redis is watched now: what becomes of it is not seen here</source>
        <translation>现在监视的是另一个 Redis：这里看不到其结果</translation>
    </message>
    <message>
        <source>nobody has told that it is alive</source>
        <translation>没有它存活的消息</translation>
    </message>
    <message>
        <source>%1 of %2 left, %3 needed</source>
        <translation>%2 个剩 %1 个，需要 %3 个</translation>
    </message>
    <message>
        <source>needs %1</source>
        <translation>依赖 %1</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>正在进行</translation>
    </message>
    <message>
        <source>waiting until it is alive</source>
        <translation>等待它存活</translation>
    </message>
    <message>
        <source>alive, it settles</source>
        <translation>已存活，正在稳定</translation>
    </message>
    <message>
        <source>done after %1</source>
        <translation>已完成，用时 %1</translation>
    </message>
    <message>
        <source>%1 of %2 done.</source>
        <translation>%2 个中已完成 %1 个。</translation>
    </message>
    <message>
        <source>It ended there: %1</source>
        <translation>在此结束：%1</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>已被停止。</translation>
    </message>
    <message>
        <source>No Redis is configured.</source>
        <translation>没有配置 Redis。</translation>
    </message>
    <message>
        <source>The maintenance was not written: %1</source>
        <translation>维护没有写入：%1</translation>
    </message>
</context>
<context>
    <name>Treewarden::FleetExporter</name>
    <message>
        <source>%1 was not written: %2. Choose another place.</source>
        <translation>未写入 %1：%2。请选择其他位置。</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>%1 written to %2.</source>
        <translation>%1 已写入 %2。</translation>
    </message>
</context>
<context>
    <name>Treewarden::FleetModel</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>PaaS</source>
        <translation>PaaS</translation>
    </message>
    <message>
        <source>CPU %</source>
        <translation>CPU %</translation>
    </message>
    <message>
        <source>Memory %</source>
        <translation>内存 %</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Disk %</source>
        <translation>磁盘 %</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>持续</translation>
    </message>
</context>
<context>
    <name>Treewarden::FleetPage</name>
    <message>
        <source>Fleet</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Filter: down   role:mysql   cpu&gt;80   paas:dev   or any text</source>
        <translation>筛选：down   role:mysql   cpu&gt;80   paas:dev   或任意文字</translation>
    </message>
    <message>
        <source>Sort now</source>
        <translation>立即排序</translation>
    </message>
    <message>
        <source>%1 of %2 alive</source>
        <translation>%2 台中 %1 台存活</translation>
    </message>
    <message>
        <source>%1 of %2 were alive</source>
        <translation>%2 台中 %1 台当时存活</translation>
    </message>
    <message>
        <source>State at %1</source>
        <translation>%1 的状态</translation>
    </message>
    <message>
        <source>Order held while values change. 1 row would move</source>
        <translation>数值变化时保持顺序。有 1 行会移动</translation>
    </message>
    <message>
        <source>Order held while values change. %1 rows would move</source>
        <translation>数值变化时保持顺序。有 %1 行会移动</translation>
    </message>
    <message>
        <source>The fleet is not known yet.</source>
        <translation>集群尚不可知。</translation>
    </message>
    <message>
        <source>No server matches %1.</source>
        <translation>没有服务器匹配 %1。</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No server is enrolled yet.</source>
        <translation>还没有登记任何服务器。</translation>
    </message>
    <message>
        <source>Install the agent on a server; it then asks to be enrolled and appears here.</source>
        <translation>在服务器上安装代理程序；它会请求登记，然后出现在这里。</translation>
    </message>
    <message>
        <source>Edit configuration…</source>
        <translation>编辑配置…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation>Ctrl+Shift+E</translation>
    </message>
    <message>
        <source>F1 or ? says which words a filter understands.</source>
        <translation>按 F1 或 ? 查看过滤器支持的词语。</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the selected servers, or all that are shown, to a CSV file</source>
        <translation>将选中的服务器（或所有显示的服务器）写入 CSV 文件</translation>
    </message>
</context>
<context>
    <name>Treewarden::FleetSource</name>
    <message>
        <source>You look at the past; press L to return to live.</source>
        <translation>您正在查看过去；按 L 返回实时。</translation>
    </message>
</context>
<context>
    <name>Treewarden::FleetTable</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Move %1 to the left</source>
        <translation>将 %1 左移</translation>
    </message>
    <message>
        <source>Move %1 to the right</source>
        <translation>将 %1 右移</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>紧凑行</translation>
    </message>
    <message>
        <source>All columns in their first order</source>
        <translation>所有列恢复初始顺序</translation>
    </message>
</context>
<context>
    <name>Treewarden::FormChangeText</name>
    <message>
        <source>Change %1</source>
        <translation>更改 %1</translation>
    </message>
</context>
<context>
    <name>Treewarden::FormFieldText</name>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>auto, by the role</source>
        <translation>自动，按角色</translation>
    </message>
    <message>
        <source>shell text</source>
        <translation>shell 文本</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>:port: :instance: :role: and :ip: are replaced.</source>
        <translation>:port: :instance: :role: 和 :ip: 会被替换。</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Seconds in which everything must happen; empty: 2.</source>
        <translation>所有操作必须在这么多秒内完成；留空：2。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>What kind of service it is: mysql, nginx, …</source>
        <translation>服务的种类：mysql、nginx…</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Its port, or a name; _ stands for all of the role.</source>
        <translation>其端口或名称；_ 代表该角色的全部实例。</translation>
    </message>
    <message>
        <source>Alive</source>
        <translation>存活</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>受保护</translation>
    </message>
    <message>
        <source>Nobody can stop, restart or shut it down from here; start is allowed.</source>
        <translation>任何人都不能从这里停止、重启或关闭它；允许启动。</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>保护</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>none, nothing is measured</source>
        <translation>无，不测量</translation>
    </message>
    <message>
        <source>system stands for the server itself.</source>
        <translation>system 代表服务器本身。</translation>
    </message>
    <message>
        <source>default stands for all of the role.</source>
        <translation>default 代表该角色的全部实例。</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>start, stop, restart, reload, or a name of your own.</source>
        <translation>start、stop、restart、reload，或自定名称。</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>The server&apos;s executor does it, never a shell.</source>
        <translation>由服务器的执行器完成，绝不经过 shell。</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>执行内容</translation>
    </message>
    <message>
        <source>a systemd unit</source>
        <translation>systemd 单元</translation>
    </message>
    <message>
        <source>a program with its arguments</source>
        <translation>程序及其参数</translation>
    </message>
    <message>
        <source>a command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Split into words and run without a shell.</source>
        <translation>拆分为词，不经 shell 运行。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>The name of a systemd unit such as nginx.service.</source>
        <translation>systemd 单元的名称，如 nginx.service。</translation>
    </message>
    <message>
        <source>Program and arguments</source>
        <translation>程序与参数</translation>
    </message>
    <message>
        <source>One word a line; the first is the program.</source>
        <translation>每行一个词；第一个是程序。</translation>
    </message>
    <message>
        <source>Seconds after which it is ended, 1 to 3600.</source>
        <translation>超过这么多秒即被终止，1 到 3600。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>By which commands and other entries know it.</source>
        <translation>命令和其他条目以此识别它。</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Minute, hour, day, month, weekday; or @hourly, @daily, …</source>
        <translation>分、时、日、月、星期；或 @hourly、@daily…</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>A name such as Asia/Shanghai; empty: UTC.</source>
        <translation>如 Asia/Shanghai；留空：UTC。</translation>
    </message>
    <message>
        <source>Whose action it is; system is the server itself.</source>
        <translation>操作所属的角色；system 是服务器本身。</translation>
    </message>
    <message>
        <source>It must stand under Controlled.</source>
        <translation>必须列在“控制操作”中。</translation>
    </message>
    <message>
        <source>Switched on</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>A missed time</source>
        <translation>错过的时间</translation>
    </message>
    <message>
        <source>While the server or its executor was off.</source>
        <translation>当服务器或其执行器关闭时。</translation>
    </message>
    <message>
        <source>as usual: it is skipped</source>
        <translation>照常：跳过</translation>
    </message>
    <message>
        <source>is skipped</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>is made up for by one run</source>
        <translation>补运行一次</translation>
    </message>
    <message>
        <source>Not while</source>
        <translation>不在以下期间</translation>
    </message>
    <message>
        <source>Names of entries that must not be running, or maintenance; one a line.</source>
        <translation>不得正在运行的条目名称，或 maintenance；每行一个。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>A file, or a pattern such as /var/log/nginx/*.log.</source>
        <translation>文件，或 /var/log/nginx/*.log 这样的模式。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>auto finds it out.</source>
        <translation>auto 会自动识别。</translation>
    </message>
    <message>
        <source>The service that writes it, if it is one.</source>
        <translation>写入日志的服务（如果有）。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>照常</translation>
    </message>
    <message>
        <source>what matters</source>
        <translation>重要的内容</translation>
    </message>
    <message>
        <source>every line</source>
        <translation>每一行</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>心跳</translation>
    </message>
    <message>
        <source>How often the server says that it lives, seconds.</source>
        <translation>服务器多久报告一次自己存活，秒。</translation>
    </message>
    <message>
        <source>Lease</source>
        <translation>租约</translation>
    </message>
    <message>
        <source>After so many silent seconds it is taken for dead.</source>
        <translation>沉默这么多秒后即被视为故障。</translation>
    </message>
    <message>
        <source>How often CPU, memory and the like are measured, seconds.</source>
        <translation>多久测量一次 CPU、内存等，秒。</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>How often services are checked, seconds; and at once on an event.</source>
        <translation>多久检查一次服务，秒；发生事件时立即检查。</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>How often hosts are pinged, seconds.</source>
        <translation>多久 ping 一次主机，秒。</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>How often slow facts are looked up, seconds.</source>
        <translation>多久查询一次变化缓慢的信息，秒。</translation>
    </message>
    <message>
        <source>Every sample</source>
        <translation>每个样本</translation>
    </message>
    <message>
        <source>A minute&apos;s average</source>
        <translation>每分钟平均值</translation>
    </message>
    <message>
        <source>An hour&apos;s average</source>
        <translation>每小时平均值</translation>
    </message>
    <message>
        <source>Kept for so many seconds.</source>
        <translation>保留这么多秒。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Addresses or names, one a line.</source>
        <translation>地址或名称，每行一个。</translation>
    </message>
    <message>
        <source>This machine knows no such time zone.</source>
        <translation>本机不认识此时区。</translation>
    </message>
    <message>
        <source>It is never due.</source>
        <translation>它永远不会到期。</translation>
    </message>
    <message>
        <source>It needs a name; the old one holds until then.</source>
        <translation>需要名称；在此之前保留原名。</translation>
    </message>
    <message>
        <source>There is another one of this name; the old one holds.</source>
        <translation>已有同名的项；保留原名。</translation>
    </message>
</context>
<context>
    <name>Treewarden::GraphTools</name>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show all of the tree</source>
        <translation>显示整棵服务树</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>zoom</comment>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Treewarden::HealthIcon</name>
    <message>
        <source>stale</source>
        <translation>过期</translation>
    </message>
</context>
<context>
    <name>Treewarden::HelpBrowser</name>
    <message>
        <source>Help page</source>
        <translation>帮助页面</translation>
    </message>
</context>
<context>
    <name>Treewarden::HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Treewarden help</source>
        <translation>Treewarden 帮助</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No page of the help has all these words.</source>
        <translation>没有帮助页面包含所有这些词。</translation>
    </message>
    <message>
        <source>%1 - Treewarden help</source>
        <translation>%1 - Treewarden 帮助</translation>
    </message>
</context>
<context>
    <name>Treewarden::HistoryPanel</name>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Its versions are being read.</source>
        <translation>正在读取其版本。</translation>
    </message>
    <message>
        <source>Choose a version to see what it changed, or two to compare them.</source>
        <translation>选择一个版本查看其更改，或选择两个进行比较。</translation>
    </message>
    <message>
        <source>No version is chosen.</source>
        <translation>未选择版本。</translation>
    </message>
    <message>
        <source>Roll back to version %1…</source>
        <translation>回滚到版本 %1…</translation>
    </message>
    <message>
        <source>Version %1 is the oldest that is remembered.</source>
        <translation>版本 %1 是记住的最早版本。</translation>
    </message>
    <message>
        <source>There is nothing to compare it with.</source>
        <translation>没有可与之比较的内容。</translation>
    </message>
    <message>
        <source>From version %1 to version %2</source>
        <translation>从版本 %1 到版本 %2</translation>
    </message>
    <message>
        <source>They hold the same; only the signature differs.</source>
        <translation>内容相同；只有签名不同。</translation>
    </message>
</context>
<context>
    <name>Treewarden::JsonEditor</name>
    <message>
        <source>Configuration as JSON</source>
        <translation>JSON 形式的配置</translation>
    </message>
</context>
<context>
    <name>Treewarden::JsonPanel</name>
    <message>
        <source>These configurations differ, so they have no common text.</source>
        <translation>这些配置各不相同，因此没有共同的文本。</translation>
    </message>
    <message>
        <source>Choose one server to edit its JSON. The form edits all of them.</source>
        <translation>选择一台服务器以编辑其 JSON。表单可编辑全部。</translation>
    </message>
    <message>
        <source>Show the first</source>
        <translation>显示第一台</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Lay out</source>
        <translation>排版</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Ctrl+Shift+I</source>
        <translation>Ctrl+Shift+I</translation>
    </message>
    <message>
        <source>Tab indents, Esc leaves the text</source>
        <translation>Tab 缩进，Esc 离开文本</translation>
    </message>
    <message>
        <source>Find in the JSON</source>
        <translation>在 JSON 中查找</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>Treewarden::KeyDialog</name>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Signing key</source>
        <translation>签名密钥</translation>
    </message>
    <message>
        <source>Servers carry out only what is signed with a key that they trust. A new key is made with: treewarden keygen FILE</source>
        <translation>服务器只执行由其信任的密钥签名的操作。生成新密钥请用：treewarden keygen FILE</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>empty when the key has none</source>
        <translation>密钥没有密码短语时留空</translation>
    </message>
    <message>
        <source>Keep it unlocked</source>
        <translation>保持解锁</translation>
    </message>
    <message>
        <source>15 minutes after the last action</source>
        <translation>最后一次操作后 15 分钟</translation>
    </message>
    <message>
        <source>1 hour after the last action</source>
        <translation>最后一次操作后 1 小时</translation>
    </message>
    <message>
        <source>Until it is locked or the console ends</source>
        <translation>直到锁定或控制台退出</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Name the file of your key.</source>
        <translation>请指定您的密钥文件。</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>正在解锁…</translation>
    </message>
</context>
<context>
    <name>Treewarden::KeyringStore</name>
    <message>
        <source>The keyring was not unlocked.</source>
        <translation>密钥环未解锁。</translation>
    </message>
    <message>
        <source>This desktop has no keyring (no secret service answers).</source>
        <translation>此桌面没有密钥环（没有 Secret Service 应答）。</translation>
    </message>
    <message>
        <source>The keyring does not work here: %1</source>
        <translation>密钥环在这里不可用：%1</translation>
    </message>
    <message>
        <source>The keyring has not answered for %1 s.</source>
        <translation>密钥环在 %1 秒内没有应答。</translation>
    </message>
</context>
<context>
    <name>Treewarden::LeaveQuestion</name>
    <message>
        <source>Save the changes of %1?</source>
        <translation>保存 %1 的更改？</translation>
    </message>
    <message>
        <source>1 change is not saved yet.</source>
        <translation>1 处更改尚未保存。</translation>
    </message>
    <message>
        <source>%1 changes are not saved yet.</source>
        <translation>%1 处更改尚未保存。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Treewarden::LoadingBar</name>
    <message>
        <source>Loading the fleet</source>
        <translation>正在加载集群</translation>
    </message>
</context>
<context>
    <name>Treewarden::LoadingLine</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Treewarden::LoadingState</name>
    <message>
        <source>Loading the fleet</source>
        <translation>正在加载集群</translation>
    </message>
</context>
<context>
    <name>Treewarden::MainWindow</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Service tree</source>
        <translation>服务树</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Treewarden</source>
        <translation>关于 Treewarden(&amp;A)</translation>
    </message>
    <message>
        <source>About Treewarden</source>
        <translation>关于 Treewarden</translation>
    </message>
    <message>
        <source>Treewarden %1 watches a fleet of servers and the service tree on them.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Treewarden %1 监视服务器集群以及运行在其上的服务树。

自由软件，依据 GNU 通用公共许可证第 3 版或更新版本发布。</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>&amp;Actions</source>
        <translation>操作(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>密钥(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Signing key…</source>
        <translation>签名密钥(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Lock the key</source>
        <translation>锁定密钥(&amp;L)</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 个正在执行</translation>
    </message>
    <message>
        <source>A rolling action is still running. Stop it first, or close the window once more: what is under way is then finished, and the rest is not begun.</source>
        <translation>滚动操作仍在进行。请先停止它，或再次关闭窗口：已在进行的会执行完毕，其余的不会开始。</translation>
    </message>
    <message>
        <source>&amp;Edit configuration…</source>
        <translation>编辑配置(&amp;E)…</translation>
    </message>
    <message>
        <source>Choose the servers whose configuration you mean on the fleet page.</source>
        <translation>请在服务器列表页选择要编辑配置的服务器。</translation>
    </message>
    <message>
        <source>That is too much for one step: choose at most %1 servers.</source>
        <translation>一次操作过多：最多选择 %1 台服务器。</translation>
    </message>
    <message>
        <source>Changed configurations are not saved yet. Save or discard them, or close the window once more: they are then lost.</source>
        <translation>更改的配置尚未保存。请保存或放弃它们，或再次关闭窗口：更改将丢失。</translation>
    </message>
    <message>
        <source>&amp;Sites…</source>
        <translation>站点(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>通知(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>时间(&amp;T)</translation>
    </message>
</context>
<context>
    <name>Treewarden::MaintenanceDialog</name>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Start maintenance</source>
        <translation>开始维护</translation>
    </message>
    <message>
        <source>Maintenance of %1</source>
        <translation>%1 的维护</translation>
    </message>
    <message>
        <source>Its deaths are then no problems: nobody is told of them until it ends.</source>
        <translation>维护期间其故障不算问题：结束之前不会通知任何人。</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 分钟</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>2 hours</source>
        <translation>2 小时</translation>
    </message>
    <message>
        <source>4 hours</source>
        <translation>4 小时</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>Until…</source>
        <translation>直到…</translation>
    </message>
    <message>
        <source>For</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>直到</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>for example: disk exchange</source>
        <translation>例如：更换磁盘</translation>
    </message>
    <message>
        <source>End it now</source>
        <translation>立即结束</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>至 %1</translation>
    </message>
</context>
<context>
    <name>Treewarden::MaintenanceText</name>
    <message>
        <source>In maintenance until %1.</source>
        <translation>维护至 %1。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>who: why</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>PaaS %1</source>
        <translation>PaaS %1</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a role, a tree</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>%1 services</source>
        <translation>%1 个服务</translation>
    </message>
</context>
<context>
    <name>Treewarden::MomentPopup</name>
    <message>
        <source>Go there</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Go to time</source>
        <translation>转到时间</translation>
    </message>
    <message>
        <source>&amp;Which moment?</source>
        <translation>哪一时刻？(&amp;W)</translation>
    </message>
    <message>
        <source>03:12, yesterday 03:12, 2h ago</source>
        <translation>03:12、昨天 03:12、2小时前</translation>
    </message>
    <message>
        <source>Write 03:12, yesterday 03:12, 2023-11-22 03:12, 2h ago or 90 min ago.</source>
        <translation>请输入 03:12、昨天 03:12、2023-11-22 03:12、2小时前或 90分钟前。</translation>
    </message>
    <message>
        <source>That is no moment yet.</source>
        <translation>这还不是有效的时刻。</translation>
    </message>
    <message>
        <source>%1 has not come yet.</source>
        <translation>%1 尚未到来。</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1，%2前</translation>
    </message>
</context>
<context>
    <name>Treewarden::NewTreeForm</name>
    <message>
        <source>The groups and roles of a whole platform, without servers</source>
        <translation>整个平台的分组和角色，不含服务器</translation>
    </message>
    <message>
        <source>The same, filled with the services of all servers</source>
        <translation>同上，并填入所有服务器的服务</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>A new service tree</source>
        <translation>新建服务树</translation>
    </message>
    <message>
        <source>Id, of A-Z a-z 0-9 _ . -</source>
        <translation>ID，由 A-Z a-z 0-9 _ . - 组成</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>It begins with</source>
        <translation>初始内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
</context>
<context>
    <name>Treewarden::NotificationsDialog</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Tell &amp;new problems by the desktop&apos;s notifications</source>
        <translation>用桌面通知告知新问题(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Quiet hours</source>
        <translation>免打扰时段(&amp;Q)</translation>
    </message>
    <message>
        <source>Show the worst state in the &amp;tray</source>
        <translation>在托盘中显示最差的状态(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Closing the window leaves Treewarden in the tray</source>
        <translation>关闭窗口后 Treewarden 留在托盘中(&amp;C)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Problems of all sites. Those that come together are one message; what the window shows in front is not told.</source>
        <translation>所有站点的问题。同时出现的合并为一条消息；窗口当前显示的内容不再通知。</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>此桌面没有托盘。</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>免打扰开始时间</translation>
    </message>
    <message>
        <source>Quiet to</source>
        <translation>免打扰结束时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Quiet until %1: end it now</source>
        <translation>免打扰至 %1：立即结束</translation>
    </message>
    <message>
        <source>Quiet for 1 h</source>
        <translation>免打扰 1 小时</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
</context>
<context>
    <name>Treewarden::OfflineBanner</name>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Connection…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>Not live</source>
        <translation>非实时</translation>
    </message>
    <message>
        <source>No live data</source>
        <translation>没有实时数据</translation>
    </message>
    <message>
        <source>All values are from %1, %2 ago.</source>
        <translation>所有数值均为 %1（%2前）的数值。</translation>
    </message>
    <message>
        <source>Next try in %1 s.</source>
        <translation>%1 秒后重试。</translation>
    </message>
</context>
<context>
    <name>Treewarden::OverviewPage</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>PaaS</source>
        <translation>PaaS</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>by role; a number only where something is not alive</source>
        <translation>按角色；仅在有未存活者时显示数字</translation>
    </message>
    <message>
        <source>All events</source>
        <translation>全部事件</translation>
    </message>
    <message>
        <source>Recent events</source>
        <translation>最近的事件</translation>
    </message>
    <message>
        <source>1 problem needs you</source>
        <translation>1 个问题需要处理</translation>
    </message>
    <message>
        <source>%1 problems need you</source>
        <translation>%1 个问题需要处理</translation>
    </message>
    <message>
        <source>%1 died</source>
        <translation>%1 故障</translation>
    </message>
    <message>
        <source>%1 unknown</source>
        <translation>%1 未知</translation>
    </message>
    <message>
        <source>%1 maintenance</source>
        <translation>%1 维护</translation>
    </message>
    <message>
        <source>The fleet is not known yet.</source>
        <translation>集群尚不可知。</translation>
    </message>
    <message>
        <source>No server yet</source>
        <translation>还没有服务器</translation>
    </message>
    <message>
        <source>A server whose agent asks to be enrolled appears here.</source>
        <translation>代理请求登记的服务器会出现在这里。</translation>
    </message>
    <message>
        <source>1 problem then</source>
        <translation>当时有 1 个问题</translation>
    </message>
    <message>
        <source>%1 problems then</source>
        <translation>当时有 %1 个问题</translation>
    </message>
</context>
<context>
    <name>Treewarden::PaasMatrix</name>
    <message>
        <source>PaaS by role</source>
        <translation>按角色的 PaaS</translation>
    </message>
</context>
<context>
    <name>Treewarden::PaasMatrixModel</name>
    <message>
        <source>%1: %2, %3 of %4</source>
        <translation>%1：%2，%3 / %4</translation>
    </message>
    <message>
        <source>%1: none</source>
        <translation>%1：无</translation>
    </message>
</context>
<context>
    <name>Treewarden::PaletteModel</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>PaaS</source>
        <translation>PaaS</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a role in a PaaS</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>There is nothing to choose from.</source>
        <translation>没有可选择的内容。</translation>
    </message>
    <message>
        <source>No action is called that.</source>
        <translation>没有这个名称的操作。</translation>
    </message>
    <message>
        <source>No server, service, page or action is called that.</source>
        <translation>没有这个名称的服务器、服务、页面或操作。</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
</context>
<context>
    <name>Treewarden::PasswordDialog</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>The password of %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>The password of user %1 at %2</source>
        <translation>%2 的用户 %1 的密码</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>Treewarden::PasswordFile</name>
    <message>
        <source>Cannot read the passwords in %1: %2.</source>
        <translation>无法读取 %1 中的密码：%2。</translation>
    </message>
    <message>
        <source>Others can read the passwords in %1: change them, then run chmod 600 %1</source>
        <translation>其他人可以读取 %1 中的密码：请更改密码，然后运行 chmod 600 %1</translation>
    </message>
    <message>
        <source>Cannot write the passwords to %1: %2.</source>
        <translation>无法将密码写入 %1：%2。</translation>
    </message>
</context>
<context>
    <name>Treewarden::PastBanner</name>
    <message>
        <source>Previous and next event</source>
        <translation>上一个和下一个事件</translation>
    </message>
    <message>
        <source>The past</source>
        <translation>过去</translation>
    </message>
    <message>
        <source>You see %1</source>
        <translation>您看到的是 %1</translation>
    </message>
    <message>
        <source>Reading what happened since %1…</source>
        <translation>正在读取自 %1 以来的事件…</translation>
    </message>
    <message>
        <source>%1 ago.</source>
        <translation>%1前。</translation>
    </message>
    <message>
        <source>1 problem now</source>
        <translation>现在有 1 个问题</translation>
    </message>
    <message>
        <source>%1 problems now</source>
        <translation>现在有 %1 个问题</translation>
    </message>
    <message>
        <source>What is known</source>
        <translation>已知内容</translation>
    </message>
    <message>
        <source>%1 events so far.</source>
        <translation>目前已有 %1 个事件。</translation>
    </message>
</context>
<context>
    <name>Treewarden::PastDetails</name>
    <message>
        <source>What is known of this moment</source>
        <translation>此时刻的已知内容</translation>
    </message>
    <message>
        <source>As it was then</source>
        <translation>当时的情况</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>现在的情况</translation>
    </message>
</context>
<context>
    <name>Treewarden::PendingPanel</name>
    <message>
        <source>%1 servers ask to be enrolled</source>
        <translation>%1 台服务器请求登记</translation>
    </message>
    <message>
        <source>The others are listed by: treewarden pending</source>
        <translation>其余的可用此命令列出：treewarden pending</translation>
    </message>
    <message>
        <source>1 server asks to be enrolled</source>
        <translation>1 台服务器请求登记</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Enrol it in a terminal with</source>
        <translation>在终端中登记：</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the command for %1</source>
        <translation>复制 %1 的命令</translation>
    </message>
    <message>
        <source>was removed on %1</source>
        <translation>已于 %1 移除</translation>
    </message>
    <message>
        <source>Look at all %1…</source>
        <translation>查看全部 %1 台…</translation>
    </message>
    <message>
        <source>1 service found</source>
        <translation>发现 1 个服务</translation>
    </message>
    <message>
        <source>%1 services found</source>
        <translation>发现 %1 个服务</translation>
    </message>
    <message>
        <source>Accept…</source>
        <translation>接受…</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>接受 %1</translation>
    </message>
</context>
<context>
    <name>Treewarden::ProblemList</name>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1，%2前</translation>
    </message>
    <message>
        <source>It touches</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>及另外 %1 个</translation>
    </message>
    <message>
        <source>Open server</source>
        <translation>打开服务器</translation>
    </message>
    <message>
        <source>Open server %1</source>
        <translation>打开服务器 %1</translation>
    </message>
    <message>
        <source>Wrong now</source>
        <translation>当前问题</translation>
    </message>
    <message>
        <source>grouped by cause</source>
        <translation>按原因归并</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>Quiet since %1, for %2.</source>
        <translation>自 %1 起平静，已 %2。</translation>
    </message>
    <message>
        <source>Restart…</source>
        <translation>重启…</translation>
    </message>
    <message>
        <source>Restart: %1</source>
        <translation>重启：%1</translation>
    </message>
    <message>
        <source>Show the servers</source>
        <translation>显示这些服务器</translation>
    </message>
    <message>
        <source>Wrong then</source>
        <translation>当时的问题</translation>
    </message>
</context>
<context>
    <name>Treewarden::Problems</name>
    <message>
        <source>1 service went with it: %1.</source>
        <translation>连带 1 个服务：%1。</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>%1 services went with it: %2.</source>
        <translation>连带 %1 个服务：%2。</translation>
    </message>
    <message>
        <source>Its agent has stopped or cannot reach Redis.</source>
        <translation>其代理程序已停止，或无法连接 Redis。</translation>
    </message>
    <message>
        <source>Nobody knows its state since %1; its agent may be stopped, or nobody sweeps.</source>
        <translation>已有 %1不知道其状态；其代理程序可能已停止，或者没有程序负责判定故障。</translation>
    </message>
    <message>
        <source>Its agent has never reported.</source>
        <translation>其代理程序从未报告。</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>service on server</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>%1 unknown</source>
        <translation>%1 未知</translation>
    </message>
    <message>
        <source>%1 died</source>
        <translation>%1 故障</translation>
    </message>
    <message>
        <source>%1 / %2, %3 of %4 alive</source>
        <translation>%1 / %2，%4 个中 %3 个存活</translation>
    </message>
    <message>
        <source>Server %1 died</source>
        <translation>服务器 %1 故障</translation>
    </message>
    <message>
        <source>Server %1 unknown</source>
        <translation>服务器 %1 未知</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>It is needed by %1.</source>
        <translation>%1 依赖它。</translation>
    </message>
    <message>
        <source>%1 of %2 servers died at once</source>
        <translation>%2 台服务器中 %1 台同时故障</translation>
    </message>
    <message>
        <source>So many rarely die together by themselves: look at Redis and the network first.</source>
        <translation>这么多服务器很少会同时自行故障：请先检查 Redis 和网络。</translation>
    </message>
    <message>
        <source>%1 of %2 servers are unknown</source>
        <translation>%2 台服务器中 %1 台未知</translation>
    </message>
    <message>
        <source>Nobody judges their silence: look whether treewarden-web runs, which sweeps, and at the network.</source>
        <translation>没有程序判定它们的沉默：请检查负责判定故障的 treewarden-web 是否在运行，并检查网络。</translation>
    </message>
    <message>
        <source>%1 unknown on %2 servers</source>
        <translation>%1 在 %2 台服务器上未知</translation>
    </message>
    <message>
        <source>%1 died on %2 servers</source>
        <translation>%1 在 %2 台服务器上故障</translation>
    </message>
    <message>
        <source>The same on so many has one cause, a change of all of them perhaps: %1 and %2 more.</source>
        <translation>这么多服务器出现相同情况，原因只有一个，也许是对它们的统一更改：%1 以及另外 %2 个。</translation>
    </message>
    <message>
        <source>How it stood is not remembered.</source>
        <translation>其状态没有保留。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ProgressIcon</name>
    <message>
        <source>under way</source>
        <translation>正在进行</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
</context>
<context>
    <name>Treewarden::RedisConnection</name>
    <message>
        <source>this program closed its connection to Redis at %1</source>
        <translation>本程序关闭了与 %1 的 Redis 的连接</translation>
    </message>
    <message>
        <source>a command without words can&apos;t be sent</source>
        <translation>无法发送空命令</translation>
    </message>
    <message>
        <source>%1 can&apos;t be sent here: it has no answer of its own</source>
        <translation>这里不能发送 %1：它没有自己的应答</translation>
    </message>
    <message>
        <source>Redis at %1 does not read what it is sent</source>
        <translation>%1 的 Redis 不读取发给它的内容</translation>
    </message>
    <message>
        <source>there is no connection to Redis at %1</source>
        <translation>没有与 %1 的 Redis 的连接</translation>
    </message>
    <message>
        <source>a newer one took its place while there was no connection to Redis at %1</source>
        <translation>与 %1 的 Redis 断开期间，它已被更新的命令取代</translation>
    </message>
    <message>
        <source>too much waits for a connection to Redis at %1 already</source>
        <translation>等待与 %1 的 Redis 连接的命令已经过多</translation>
    </message>
    <message>
        <source>%1; whether the command ran is unknown</source>
        <translation>%1；不知道命令是否已执行</translation>
    </message>
    <message>
        <source>no answer within %1 ms</source>
        <translation>%1 毫秒内没有应答</translation>
    </message>
</context>
<context>
    <name>Treewarden::RedisLink</name>
    <message>
        <source>%1 before it answered; does this port want TLS (rediss://)?</source>
        <translation>%1，尚未应答；这个端口是否需要 TLS (rediss://)？</translation>
    </message>
    <message>
        <source>it sent something that nobody asked for</source>
        <translation>它发来了没有请求过的内容</translation>
    </message>
    <message>
        <source>it answers PING wrongly</source>
        <translation>它对 PING 的应答有误</translation>
    </message>
    <message>
        <source>no answer within %1; is it stopped, or does this port not speak TLS?</source>
        <translation>%1内没有应答；它是否已停止，或者这个端口不支持 TLS？</translation>
    </message>
    <message>
        <source>no answer within %1; is it stopped or overloaded, or does a firewall drop packets?</source>
        <translation>%1内没有应答；它是否已停止或过载，或者防火墙丢弃了数据包？</translation>
    </message>
    <message>
        <source>no answer to a PING after %1 of silence</source>
        <translation>静默 %1后对 PING 没有应答</translation>
    </message>
    <message>
        <source>Redis at %1: %2</source>
        <translation>%1 的 Redis：%2</translation>
    </message>
    <message>
        <source>the Sentinels chose another master</source>
        <translation>Sentinel 选择了另一个主节点</translation>
    </message>
    <message>
        <source>it is no master any more</source>
        <translation>它已不再是主节点</translation>
    </message>
    <message>
        <source>the Sentinels name it the master &apos;%1&apos;, but it is none</source>
        <translation>Sentinel 称它为主节点“%1”，但它不是</translation>
    </message>
</context>
<context>
    <name>Treewarden::RedisSocket</name>
    <message>
        <source>it closed the connection</source>
        <translation>它关闭了连接</translation>
    </message>
    <message>
        <source>there is no socket at this path; is Redis running?</source>
        <translation>此路径没有套接字；Redis 是否在运行？</translation>
    </message>
    <message>
        <source>nothing listens on this socket; is Redis running?</source>
        <translation>此套接字没有程序监听；Redis 是否在运行？</translation>
    </message>
    <message>
        <source>this user may not open the socket; add it to the group that Redis runs as</source>
        <translation>当前用户无权打开此套接字；请将其加入运行 Redis 的用户组</translation>
    </message>
    <message>
        <source>nothing listens there; is Redis running, and is the port right?</source>
        <translation>那里没有程序监听；Redis 是否在运行，端口是否正确？</translation>
    </message>
    <message>
        <source>this host name is unknown</source>
        <translation>未知的主机名</translation>
    </message>
    <message>
        <source>this port does not speak TLS; write redis:// in the URL</source>
        <translation>这个端口不支持 TLS；请在 URL 中写 redis://</translation>
    </message>
    <message>
        <source>the TLS handshake failed: %1</source>
        <translation>TLS 握手失败：%1</translation>
    </message>
    <message>
        <source>it closed the connection during the TLS handshake; does this port speak TLS?</source>
        <translation>它在 TLS 握手期间关闭了连接；这个端口支持 TLS 吗？</translation>
    </message>
    <message>
        <source>ca_file %1 holds no PEM certificate that this program can read</source>
        <translation>ca_file %1 中没有本程序可读取的 PEM 证书</translation>
    </message>
    <message>
        <source>certificate_file %1 holds no PEM certificate that this program can read</source>
        <translation>certificate_file %1 中没有本程序可读取的 PEM 证书</translation>
    </message>
    <message>
        <source>key_file %1 holds no PEM key that this program can read</source>
        <translation>key_file %1 中没有本程序可读取的 PEM 密钥</translation>
    </message>
    <message>
        <source>this machine has no TLS library; install OpenSSL 3</source>
        <translation>本机没有 TLS 库；请安装 OpenSSL 3</translation>
    </message>
</context>
<context>
    <name>Treewarden::RedisSubscriber</name>
    <message>
        <source>the subscription was not confirmed within %1 ms</source>
        <translation>订阅在 %1 毫秒内没有得到确认</translation>
    </message>
    <message>
        <source>the connection to Redis was closed by this program</source>
        <translation>与 Redis 的连接已由本程序关闭</translation>
    </message>
</context>
<context>
    <name>Treewarden::RollingDialog</name>
    <message>
        <source>In this order; it ends at the first that does not come back</source>
        <translation>按此顺序；遇到第一个没有恢复的即结束</translation>
    </message>
    <message>
        <source>%1. %2 %3</source>
        <comment>number, server, instance</comment>
        <translation>%1. %2 %3</translation>
    </message>
    <message>
        <source>Left out: %1, %2</source>
        <comment>a service, why</comment>
        <translation>略过：%1，%2</translation>
    </message>
    <message>
        <source>and %1 more left out</source>
        <translation>另外略过 %1 个</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>及另外 %1 个</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>每批个数</translation>
    </message>
    <message>
        <source>Alive before the next, seconds</source>
        <translation>下一个之前须存活的秒数</translation>
    </message>
    <message>
        <source>Alive before the next</source>
        <translation>下一个之前须存活</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
</context>
<context>
    <name>Treewarden::RollingPanel</name>
    <message>
        <source>Stop after this one</source>
        <translation>完成当前的后停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Rolling action</source>
        <translation>滚动操作</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%2 个中已完成 %1 个</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>没有开始</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>略过：%1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>server, instance</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>Treewarden::ScheduleModel</name>
    <message>
        <source>The configuration has not been read yet.</source>
        <translation>还没有读取配置。</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下次</translation>
    </message>
    <message>
        <source>Last run</source>
        <translation>上次结果</translation>
    </message>
    <message>
        <source>When it ran</source>
        <translation>执行时间</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1，%2后</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
</context>
<context>
    <name>Treewarden::SchedulePanel</name>
    <message>
        <source>Schedule</source>
        <translation>定时计划</translation>
    </message>
    <message>
        <source>Nothing is scheduled on this server.</source>
        <translation>这台服务器没有任何定时计划。</translation>
    </message>
    <message>
        <source>An entry is added with: treewarden schedule add %1 …</source>
        <translation>添加条目请用：treewarden schedule add %1 …</translation>
    </message>
</context>
<context>
    <name>Treewarden::SentinelResolver</name>
    <message>
        <source>no answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>it knows no master &apos;%1&apos;</source>
        <translation>它不知道主节点“%1”</translation>
    </message>
    <message>
        <source>it answers rubbish</source>
        <translation>它的应答无法识别</translation>
    </message>
    <message>
        <source>the Sentinel at %1:%2: %3</source>
        <translation>Sentinel %1:%2：%3</translation>
    </message>
</context>
<context>
    <name>Treewarden::ServerPage</name>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>No server is chosen.</source>
        <translation>没有选择服务器。</translation>
    </message>
    <message>
        <source>This server is not enrolled.</source>
        <translation>这台服务器没有登记。</translation>
    </message>
    <message>
        <source>It was removed, or it never was one of this fleet.</source>
        <translation>它已被移除，或者从未属于此集群。</translation>
    </message>
    <message>
        <source>Show the fleet</source>
        <translation>显示集群</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1，%2前</translation>
    </message>
    <message>
        <source>Its agent was never heard. Start treewarden-agent on it.</source>
        <translation>其代理程序从未报告。请在该服务器上启动 treewarden-agent。</translation>
    </message>
    <message>
        <source>It died. How its services stand is not known.</source>
        <translation>它已故障。其服务的状态未知。</translation>
    </message>
    <message>
        <source>It died at %1. How its services stand is not known.</source>
        <translation>它于 %1故障。其服务的状态未知。</translation>
    </message>
    <message>
        <source>Nothing is heard from its agent.</source>
        <translation>没有其代理程序的消息。</translation>
    </message>
    <message>
        <source>Nothing is heard from its agent. Its last change was at %1.</source>
        <translation>没有其代理程序的消息。最后一次变化于 %1。</translation>
    </message>
    <message>
        <source>%1 x %2</source>
        <comment>count x model</comment>
        <translation>%1 x %2</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>OS</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理程序</translation>
    </message>
    <message>
        <source>PaaS</source>
        <translation>PaaS</translation>
    </message>
    <message>
        <source>none is watched</source>
        <translation>没有监控任何服务</translation>
    </message>
    <message>
        <source>%1 / %2 alive</source>
        <translation>%1 / %2 存活</translation>
    </message>
    <message>
        <source>Nothing has happened here lately.</source>
        <translation>这里最近没有事件。</translation>
    </message>
    <message>
        <source>Only the newest events of the fleet are looked at.</source>
        <translation>仅查看集群最新的事件。</translation>
    </message>
    <message>
        <source>%1 (%2 % CPU, %3)</source>
        <comment>version, share of a core, memory</comment>
        <translation>%1 (%2 % CPU，%3)</translation>
    </message>
    <message>
        <source>%1 (%2 for security)</source>
        <translation>%1（%2 个安全更新）</translation>
    </message>
    <message>
        <source>restart due</source>
        <translation>需要重启</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>定时计划</translation>
    </message>
    <message>
        <source>Actions on the server</source>
        <translation>对服务器的操作</translation>
    </message>
    <message>
        <source>Actions on the chosen services</source>
        <translation>对所选服务的操作</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>See this moment</source>
        <translation>查看此刻</translation>
    </message>
</context>
<context>
    <name>Treewarden::ServiceModel</name>
    <message>
        <source>until %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>who, an action, its state</comment>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>the schedule</source>
        <translation>定时计划</translation>
    </message>
</context>
<context>
    <name>Treewarden::ShareDialog</name>
    <message>
        <source>Address of this machine</source>
        <translation>本机的地址</translation>
    </message>
    <message>
        <source>TLS proxies</source>
        <translation>TLS 代理服务器</translation>
    </message>
    <message>
        <source>Names of the page</source>
        <translation>页面的主机名</translation>
    </message>
    <message>
        <source>Share a read-only page</source>
        <translation>共享只读页面</translation>
    </message>
    <message>
        <source>Serves a web page of the fleet from this console, for people who only look. Nothing can be changed there. It ends with the console.</source>
        <translation>由本控制台提供集群的网页，给只需查看的人使用。在网页上不能更改任何内容。控制台退出时共享结束。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>TLS proxies that may connect</source>
        <translation>允许连接的 TLS 代理服务器</translation>
    </message>
    <message>
        <source>Names by which they ask for the page</source>
        <translation>它们请求页面所用的主机名</translation>
    </message>
    <message>
        <source>Open it in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>停止共享</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>Nobody has it open</source>
        <translation>没有人打开它</translation>
    </message>
    <message>
        <source>1 visitor has it open</source>
        <translation>1 位访问者已打开它</translation>
    </message>
    <message>
        <source>%1 visitors have it open</source>
        <translation>%1 位访问者已打开它</translation>
    </message>
    <message>
        <source>Only this machine can open it. For others put a web server with TLS in front of it, or forward the port by SSH.</source>
        <translation>只有本机能打开它。要供他人使用，请在其前面放置带 TLS 的 Web 服务器，或通过 SSH 转发该端口。</translation>
    </message>
    <message>
        <source>Other machines can reach this address, and the page has neither encryption nor a password of its own: only the proxies named here may connect, and they decide who may look.</source>
        <translation>其他机器可以访问此地址，而页面本身没有加密也没有密码：只有这里列出的代理服务器可以连接，由它们决定谁可以查看。</translation>
    </message>
</context>
<context>
    <name>Treewarden::SharedPage</name>
    <message>
        <source>Another program listens on %1, port %2: choose another port.</source>
        <translation>另一个程序正在监听 %1 的端口 %2：请选择其他端口。</translation>
    </message>
    <message>
        <source>Port %1 needs a privilege: choose one above 1023, such as 8420.</source>
        <translation>端口 %1 需要特权：请选择 1023 以上的端口，例如 8420。</translation>
    </message>
    <message>
        <source>This machine has no address %1: use one of its own, such as 127.0.0.1.</source>
        <translation>本机没有地址 %1：请使用本机的地址，例如 127.0.0.1。</translation>
    </message>
    <message>
        <source>Cannot listen on %1, port %2: %3.</source>
        <translation>无法监听 %1 的端口 %2：%3。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address of a machine: write one such as 127.0.0.1.</source>
        <translation>“%1”不是机器地址：请填写 127.0.0.1 这样的地址。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address or network: write 10.0.0.1 or 10.0.0.0/24.</source>
        <translation>“%1”不是地址或网段：请填写 10.0.0.1 或 10.0.0.0/24。</translation>
    </message>
    <message>
        <source>Other machines can reach %1, and the page has no encryption of its own: name the TLS proxy in front of it, or use 127.0.0.1.</source>
        <translation>其他机器可以访问 %1，而页面本身没有加密：请填写其前面的 TLS 代理服务器，或使用 127.0.0.1。</translation>
    </message>
    <message>
        <source>There is nothing to share yet: connect to a Redis first.</source>
        <translation>还没有可共享的内容：请先连接 Redis。</translation>
    </message>
</context>
<context>
    <name>Treewarden::ShortcutsDialog</name>
    <message>
        <source>Filter: a word or a key</source>
        <translation>筛选：词语或按键</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>In lists and tables</source>
        <translation>在列表和表格中</translation>
    </message>
    <message>
        <source>Open what is chosen</source>
        <translation>打开选中的项</translation>
    </message>
    <message>
        <source>Choose several</source>
        <translation>选择多项</translation>
    </message>
    <message>
        <source>%1 with arrows</source>
        <translation>%1 加方向键</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>In a filter</source>
        <translation>在过滤器中</translation>
    </message>
    <message>
        <source>Go to the list</source>
        <translation>转到列表</translation>
    </message>
    <message>
        <source>Clear it, then leave it</source>
        <translation>先清除，再离开</translation>
    </message>
    <message>
        <source>In the command palette</source>
        <translation>在命令面板中</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>What can be done with it</source>
        <translation>可对其执行的操作</translation>
    </message>
    <message>
        <source>Actions only</source>
        <translation>只列出操作</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Treewarden::Site</name>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>%1 problems</source>
        <translation>%1 个问题</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>Treewarden::SiteButton</name>
    <message>
        <source>Site %1, %2</source>
        <translation>站点 %1，%2</translation>
    </message>
    <message>
        <source>in front</source>
        <translation>当前显示</translation>
    </message>
</context>
<context>
    <name>Treewarden::SiteKeeper</name>
    <message>
        <source>Waiting for the password.</source>
        <translation>正在等待密码。</translation>
    </message>
    <message>
        <source>It is not where it should be kept.</source>
        <translation>密码不在应保存的位置。</translation>
    </message>
    <message>
        <source>Its password is not known yet. %1</source>
        <translation>还不知道其密码。%1</translation>
    </message>
</context>
<context>
    <name>Treewarden::SiteMenu</name>
    <message>
        <source>&amp;Sites</source>
        <translation>站点(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Edit sites…</source>
        <translation>编辑站点(&amp;E)…</translation>
    </message>
</context>
<context>
    <name>Treewarden::SitesDialog</name>
    <message>
        <source>New site</source>
        <translation>新站点</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>站点</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a site</source>
        <translation>添加站点</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove this site and its password</source>
        <translation>移除此站点及其密码</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove the site %1?</source>
        <translation>移除站点 %1？</translation>
    </message>
    <message>
        <source>Remove site</source>
        <translation>移除站点</translation>
    </message>
</context>
<context>
    <name>Treewarden::StateBar</name>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Not connected: no Redis is configured</source>
        <translation>未连接：没有配置 Redis</translation>
    </message>
    <message>
        <source>Redis %1</source>
        <translation>Redis %1</translation>
    </message>
    <message>
        <source>%1 messages/s</source>
        <translation>%1 条消息/秒</translation>
    </message>
    <message>
        <source>reconnecting in %1 s</source>
        <translation>%1 秒后重新连接</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>stale since %1</source>
        <translation>自 %1 起过期</translation>
    </message>
    <message>
        <source>Redis %1: %2</source>
        <translation>Redis %1：%2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>密钥：%1</translation>
    </message>
    <message>
        <source>Key locked</source>
        <translation>密钥已锁定</translation>
    </message>
    <message>
        <source>Lock the key</source>
        <translation>锁定密钥</translation>
    </message>
    <message>
        <source>Unlock your signing key</source>
        <translation>解锁您的签名密钥</translation>
    </message>
    <message>
        <source>Example: not connected to anything</source>
        <translation>示例：没有连接任何系统</translation>
    </message>
    <message>
        <source>State of %1 from events and history. Redis is connected; live goes on in the background.</source>
        <translation>由事件和历史得出的 %1 的状态。Redis 已连接；实时数据在后台继续更新。</translation>
    </message>
    <message>
        <source>State of %1 as far as it was read. %2</source>
        <translation>%1 的状态，仅限已读取的内容。%2</translation>
    </message>
</context>
<context>
    <name>Treewarden::TimeBadge</name>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Past</source>
        <translation>过去</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>过期</translation>
    </message>
</context>
<context>
    <name>Treewarden::TimeBar</name>
    <message>
        <source>Last hour</source>
        <translation>最近 1 小时</translation>
    </message>
    <message>
        <source>Last 24 h</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>All that is remembered</source>
        <translation>保留的全部时间</translation>
    </message>
    <message>
        <source>&amp;Span</source>
        <translation>跨度(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;peed</source>
        <translation>速度(&amp;P)</translation>
    </message>
    <message>
        <source>How much time the slider spans</source>
        <translation>滑块所跨的时间</translation>
    </message>
    <message>
        <source>How fast the past goes on</source>
        <translation>过去的播放速度</translation>
    </message>
    <message>
        <source>Back to live (L)</source>
        <translation>返回实时 (L)</translation>
    </message>
    <message>
        <source>Show what is now</source>
        <translation>显示现在的状态</translation>
    </message>
    <message>
        <source>Time travel</source>
        <translation>时间旅行</translation>
    </message>
    <message>
        <source>%1 times as fast</source>
        <translation>%1 倍速</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格键）</translation>
    </message>
    <message>
        <source>Let the past go on (Space)</source>
        <translation>播放过去（空格键）</translation>
    </message>
    <message>
        <source>Hold this moment</source>
        <translation>停在此时刻</translation>
    </message>
</context>
<context>
    <name>Treewarden::TimeControls</name>
    <message>
        <source>Return to &amp;live</source>
        <translation>返回实时(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Previous event</source>
        <translation>上一个事件(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next event</source>
        <translation>下一个事件(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Go to time…</source>
        <translation>转到时间(&amp;G)…</translation>
    </message>
    <message>
        <source>Treewarden</source>
        <translation>Treewarden</translation>
    </message>
    <message>
        <source>%1, the past - %2</source>
        <translation>%1，过去 - %2</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>暂停(&amp;A)</translation>
    </message>
    <message>
        <source>Pl&amp;ay</source>
        <translation>播放(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Hold this moment</source>
        <translation>停在此时刻(&amp;H)</translation>
    </message>
    <message>
        <source>What is &amp;known of this moment</source>
        <translation>此时刻的已知内容(&amp;K)</translation>
    </message>
</context>
<context>
    <name>Treewarden::TimeSlider</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>, 1 event</source>
        <translation>，1 个事件</translation>
    </message>
    <message>
        <source>, %1 events</source>
        <translation>，%1 个事件</translation>
    </message>
    <message>
        <source>, %1 died</source>
        <translation>，%1 个故障</translation>
    </message>
</context>
<context>
    <name>Treewarden::TotalsTile</name>
    <message>
        <source>all alive</source>
        <translation>全部存活</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
</context>
<context>
    <name>Treewarden::TrayKeeper</name>
    <message>
        <source>&amp;Open Treewarden</source>
        <translation>打开 Treewarden(&amp;O)</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Quiet for 1 h</source>
        <translation>免打扰 1 小时</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Treewarden goes on watching</source>
        <translation>Treewarden 继续监视</translation>
    </message>
    <message>
        <source>Its window is closed, the icon in the tray opens it again. Quit ends it.</source>
        <translation>窗口已关闭，点击托盘图标可重新打开。选择“退出”可结束程序。</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeChange</name>
    <message>
        <source>There is no %1 in this place any more.</source>
        <translation>此处已没有 %1。</translation>
    </message>
    <message>
        <source>%1 is needed by %2: take these needs out first.</source>
        <translation>%2 依赖 %1：请先删去这些依赖。</translation>
    </message>
    <message>
        <source>%1 %2 does not stand in %3 any more.</source>
        <translation>%1 %2 已不在 %3 中。</translation>
    </message>
    <message>
        <source>The role %1 becomes %2</source>
        <translation>角色 %1 变为 %2</translation>
    </message>
    <message>
        <source>%1 is called &apos;%2&apos; now</source>
        <comment>a role&apos;s id, its title</comment>
        <translation>%1 现在名为“%2”</translation>
    </message>
    <message>
        <source>%1: at least %2 must live, before it was %3</source>
        <translation>%1：至少 %2 个须存活，之前是 %3 个</translation>
    </message>
    <message>
        <source>%1 moves from %2 to %3</source>
        <comment>a role, groups</comment>
        <translation>%1 从 %2 移到 %3</translation>
    </message>
    <message>
        <source>%1 needs %2 now</source>
        <translation>%1 现在依赖 %2</translation>
    </message>
    <message>
        <source>%1 does not need %2 any more</source>
        <translation>%1 不再依赖 %2</translation>
    </message>
    <message>
        <source>%1 joins %2</source>
        <comment>an instance, a role</comment>
        <translation>%1 加入 %2</translation>
    </message>
    <message>
        <source>%1 leaves %2</source>
        <comment>an instance, a role</comment>
        <translation>%1 离开 %2</translation>
    </message>
    <message>
        <source>%1 has another place in %2</source>
        <comment>an instance, a role</comment>
        <translation>%1 在 %2 中换了位置</translation>
    </message>
    <message>
        <source>%1 moves from %2 to %3</source>
        <comment>an instance, roles</comment>
        <translation>%1 从 %2 移到 %3</translation>
    </message>
    <message>
        <source>The instances of %1 have another order</source>
        <translation>%1 的实例顺序改变</translation>
    </message>
    <message>
        <source>no group</source>
        <translation>无分组</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>an instance, a server</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>The tree is called &apos;%1&apos; now</source>
        <translation>服务树现在名为“%1”</translation>
    </message>
    <message>
        <source>The role %1 is new in %2</source>
        <comment>a role, a group</comment>
        <translation>角色 %1 新加入 %2</translation>
    </message>
    <message>
        <source>The role %1 leaves %2</source>
        <comment>a role, a group</comment>
        <translation>角色 %1 离开 %2</translation>
    </message>
    <message>
        <source>The group %1 is called &apos;%2&apos; now</source>
        <translation>分组 %1 现在名为“%2”</translation>
    </message>
    <message>
        <source>The roles have another order</source>
        <translation>角色顺序改变</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeChangesPanel</name>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeDetails</name>
    <message>
        <source>%1, %2</source>
        <comment>server, since</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>No server is named for it yet.</source>
        <translation>还没有为它指定服务器。</translation>
    </message>
    <message>
        <source>All of its instances are alive.</source>
        <translation>它的所有实例都存活。</translation>
    </message>
    <message>
        <source>%1 of %2 instances are not alive. The role still serves.</source>
        <translation>%2 个实例中 %1 个未存活。该角色仍可用。</translation>
    </message>
    <message>
        <source>%1 of %2 instances are alive, at least %3 must be. The role does not serve.</source>
        <translation>%2 个实例中 %1 个存活，至少需要 %3 个。该角色不可用。</translation>
    </message>
    <message>
        <source>Nobody tells how it stands.</source>
        <translation>没有关于其状态的消息。</translation>
    </message>
    <message>
        <source>It is in maintenance.</source>
        <translation>它正在维护。</translation>
    </message>
    <message>
        <source>Not alive</source>
        <translation>未存活</translation>
    </message>
    <message>
        <source>No role of it has an instance yet.</source>
        <translation>它的角色都还没有实例。</translation>
    </message>
    <message>
        <source>Alive</source>
        <translation>存活</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>依赖</translation>
    </message>
    <message>
        <source>Nothing in this tree</source>
        <translation>不依赖此服务树中的角色</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>被依赖</translation>
    </message>
    <message>
        <source>No other role</source>
        <translation>没有其他角色</translation>
    </message>
    <message>
        <source>all %1 instances are; it serves while %2 of them are</source>
        <translation>全部 %1 个实例存活；其中 %2 个存活时即可用</translation>
    </message>
    <message>
        <source>Alive when</source>
        <translation>存活条件</translation>
    </message>
    <message>
        <source>The server %1 is not enrolled.</source>
        <translation>服务器 %1 没有登记。</translation>
    </message>
    <message>
        <source>Its server is not alive, so nobody tells how it stands.</source>
        <translation>其服务器未存活，因此没有关于其状态的消息。</translation>
    </message>
    <message>
        <source>Its server is not configured to watch it.</source>
        <translation>其服务器没有配置监控它。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>持续</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeDrag</name>
    <message>
        <source>%1 on %2 is no instance of %3.</source>
        <translation>%2 的 %1 不是 %3 的实例。</translation>
    </message>
    <message>
        <source>%1 stands in %2 already.</source>
        <translation>%1 已在 %2 中。</translation>
    </message>
    <message>
        <source>Drop a server on a role.</source>
        <translation>请将服务器拖放到角色上。</translation>
    </message>
    <message>
        <source>The server %1 is not enrolled.</source>
        <translation>服务器 %1 没有登记。</translation>
    </message>
    <message>
        <source>%1 has no other service %2.</source>
        <translation>%1 没有其他 %2 服务。</translation>
    </message>
    <message>
        <source>Drop an instance on a role.</source>
        <translation>请将实例拖放到角色上。</translation>
    </message>
    <message>
        <source>Drop a role on a group or between roles.</source>
        <translation>请将角色拖放到分组上或角色之间。</translation>
    </message>
    <message>
        <source>Only roles and instances can be dragged.</source>
        <translation>只能拖动角色和实例。</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeEdit</name>
    <message>
        <source>The tree %1 is removed; its servers stay enrolled.</source>
        <translation>服务树 %1 已移除；其服务器仍保持登记。</translation>
    </message>
    <message>
        <source>There is no tree &apos;%1&apos; any more.</source>
        <translation>服务树“%1”已不存在。</translation>
    </message>
    <message>
        <source>There is a tree %1 already: choose another id.</source>
        <translation>已有服务树 %1：请选择其他 ID。</translation>
    </message>
    <message>
        <source>My changes on top of version %1</source>
        <translation>我的更改叠加到第 %1 版之上</translation>
    </message>
    <message>
        <source>These changes belong to %1, but %2 is watched now: connect there again, or discard them.</source>
        <translation>这些更改属于 %1，但现在监视的是 %2：请重新连接到原处，或放弃更改。</translation>
    </message>
    <message>
        <source>Changed while it was saved</source>
        <translation>保存期间有更改</translation>
    </message>
    <message>
        <source>The tree %1 has version %2 now.</source>
        <translation>服务树 %1 现在是第 %2 版。</translation>
    </message>
    <message>
        <source>Not saved: %1 Your changes are kept.</source>
        <translation>未保存：%1 您的更改已保留。</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeEditBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Changes of the tree</source>
        <translation>服务树的更改</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Back to the tree</source>
        <translation>返回服务树</translation>
    </message>
    <message>
        <source>Put mine on top</source>
        <translation>以我的覆盖</translation>
    </message>
    <message>
        <source>Discard mine</source>
        <translation>放弃我的</translation>
    </message>
    <message>
        <source>Your changes stand on top of it now. They are not saved yet.</source>
        <translation>您的更改现在已叠加到该版本之上，但尚未保存。</translation>
    </message>
    <message>
        <source>%1 of your changes do not go together with it and were left out; Undo does not bring them back.</source>
        <translation>您的更改中有 %1 处与该版本冲突，已略过；撤销不能恢复它们。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>No changes</source>
        <translation>没有更改</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>1 处更改</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 处更改</translation>
    </message>
    <message>
        <source>First put your changes on top of the newer version.</source>
        <translation>请先将您的更改叠加到更新的版本之上。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Somebody removed the tree meanwhile</source>
        <translation>同时有人移除了此服务树</translation>
    </message>
    <message>
        <source>Somebody saved version %1 meanwhile</source>
        <translation>同时有人保存了第 %1 版</translation>
    </message>
    <message>
        <source>%1 saved version %2 meanwhile</source>
        <translation>%1 同时保存了第 %2 版</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeEditor</name>
    <message>
        <source>%1 counts as %2 now: its server must be configured to watch it as that.</source>
        <translation>%1 现在算作 %2：须配置其服务器按此角色监视它。</translation>
    </message>
    <message>
        <source>Remove it from the tree?</source>
        <translation>从服务树中移除它？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the service tree %1?</source>
        <translation>移除服务树 %1？</translation>
    </message>
    <message>
        <source>Its %1 roles and what they need are forgotten, with all earlier versions. Servers and services go on as they are.</source>
        <translation>其 %1 个角色及其依赖将被删除，包括所有早期版本。服务器和服务照常运行。</translation>
    </message>
    <message>
        <source>Remove tree</source>
        <translation>移除服务树</translation>
    </message>
    <message>
        <source>Add instance…</source>
        <translation>添加实例…</translation>
    </message>
    <message>
        <source>Add role…</source>
        <translation>添加角色…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move to role</source>
        <translation>移到角色</translation>
    </message>
    <message>
        <source>Move to group</source>
        <translation>移到分组</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeForm</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Role, as the servers name it</source>
        <translation>角色，按服务器中的名称</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>At least alive</source>
        <translation>最少存活数</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>依赖</translation>
    </message>
    <message>
        <source>Add a need</source>
        <translation>添加依赖</translation>
    </message>
    <message>
        <source>Fields of what is chosen</source>
        <translation>所选项的字段</translation>
    </message>
    <message>
        <source>The tree %1</source>
        <translation>服务树 %1</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Nothing in this tree</source>
        <translation>不依赖此服务树中的角色</translation>
    </message>
    <message>
        <source>Not needed: %1</source>
        <translation>不再依赖：%1</translation>
    </message>
    <message>
        <source>Roles to need</source>
        <translation>可依赖的角色</translation>
    </message>
    <message>
        <source>There is no other role</source>
        <translation>没有其他角色</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeGraph</name>
    <message>
        <source>Service tree as a graph</source>
        <translation>服务树图</translation>
    </message>
    <message>
        <source>Needed by no other role</source>
        <translation>没有其他角色依赖</translation>
    </message>
    <message>
        <source>needs</source>
        <translation>依赖</translation>
    </message>
    <message>
        <source>needs what is not alive</source>
        <translation>依赖未存活的角色</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeInspector</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Choose a role</source>
        <translation>选择一个角色</translation>
    </message>
    <message>
        <source>What it needs, what needs it and where it runs stands here.</source>
        <translation>这里显示它依赖什么、什么依赖它，以及它在哪里运行。</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeList</name>
    <message>
        <source>Service tree</source>
        <translation>服务树</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>已选择 %1 项</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeMerge</name>
    <message>
        <source>It was set to &apos;%1&apos; meanwhile.</source>
        <translation>它同时被设为“%1”。</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile.</source>
        <translation>%1 同时被更改。</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Alive</source>
        <translation>存活</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>持续</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreePage</name>
    <message>
        <source>Service tree</source>
        <translation>服务树</translation>
    </message>
    <message>
        <source>Find in tree</source>
        <translation>在服务树中查找</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>图</translation>
    </message>
    <message>
        <source>PaaS</source>
        <translation>PaaS</translation>
    </message>
    <message>
        <source>There is no service tree yet.</source>
        <translation>还没有服务树。</translation>
    </message>
    <message>
        <source>No fleet has been read yet.</source>
        <translation>还没有读取集群。</translation>
    </message>
    <message>
        <source>PaaS: %1</source>
        <translation>PaaS：%1</translation>
    </message>
    <message>
        <source>%1: all roles alive</source>
        <translation>%1：所有角色存活</translation>
    </message>
    <message>
        <source>%1: 1 role not alive</source>
        <translation>%1：1 个角色未存活</translation>
    </message>
    <message>
        <source>%1: %2 roles not alive</source>
        <translation>%1：%2 个角色未存活</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>Edit tree</source>
        <translation>编辑服务树</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>More about trees</source>
        <translation>更多服务树操作</translation>
    </message>
    <message>
        <source>New tree…</source>
        <translation>新建服务树…</translation>
    </message>
    <message>
        <source>Remove tree…</source>
        <translation>移除服务树…</translation>
    </message>
    <message>
        <source>A service tree tells which roles a platform is made of, where each runs and what it needs.
The command line makes one too: treewarden paas set dev --template --from-fleet</source>
        <translation>服务树说明平台由哪些角色组成、各角色在哪里运行以及依赖什么。
也可以用命令行建立：treewarden paas set dev --template --from-fleet</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Version %1, saved by %2 %3</source>
        <comment>number, who, when</comment>
        <translation>第 %1 版，由 %2 保存于 %3</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreePalette</name>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Find to add</source>
        <translation>查找要添加的内容</translation>
    </message>
    <message>
        <source>What can be added to the tree</source>
        <translation>可添加到服务树的内容</translation>
    </message>
    <message>
        <source>Drag into the tree, or press Enter.</source>
        <translation>拖入服务树，或按 Enter。</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>添加面板</translation>
    </message>
    <message>
        <source>%1 more: type to find them</source>
        <translation>另有 %1 个：输入文字即可查找</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreePaletteModel</name>
    <message>
        <source>Other services</source>
        <translation>其他服务</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreePlace</name>
    <message>
        <source>All %1 roles of %2 leave the tree.</source>
        <translation>%2 的全部 %1 个角色将离开服务树。</translation>
    </message>
    <message>
        <source>%1 is needed by %2. They would not need it any more.</source>
        <translation>%2 依赖 %1，移除后将不再依赖它。</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreePreview</name>
    <message>
        <source>%1 / %2 alive</source>
        <translation>%1 / %2 存活</translation>
    </message>
    <message>
        <source>Removed meanwhile</source>
        <translation>同时已被移除</translation>
    </message>
    <message>
        <source>Version %1, saved meanwhile</source>
        <translation>第 %1 版，同时被保存</translation>
    </message>
    <message>
        <source>Version %1, saved by %2</source>
        <translation>第 %1 版，由 %2 保存</translation>
    </message>
    <message>
        <source>The tree is gone. With yours on top it is made anew.</source>
        <translation>服务树已不存在。将您的更改叠加其上会重新建立它。</translation>
    </message>
    <message>
        <source>Yours, that go on top of it</source>
        <translation>您的更改中可叠加其上的</translation>
    </message>
    <message>
        <source>Nothing: it is all so already.</source>
        <translation>没有：一切已是如此。</translation>
    </message>
    <message>
        <source>Yours, that do not go together with it</source>
        <translation>您的更改中与其冲突的</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeRules</name>
    <message>
        <source>&apos;%1&apos; cannot be the name of a role: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>“%1”不能作为角色的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is too long: a title has at most %2 characters.</source>
        <translation>“%1”过长：标题最多 %2 个字符。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no address of a server.</source>
        <translation>“%1”不是服务器地址。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be the name of an instance: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>“%1”不能作为实例的名称：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
    <message>
        <source>%1 stands in %2 already.</source>
        <translation>%1 已在 %2 中。</translation>
    </message>
    <message>
        <source>%1 needs %2, which is no role of this tree.</source>
        <translation>%1 依赖 %2，但它不是此服务树的角色。</translation>
    </message>
    <message>
        <source>%1: a role cannot need itself.</source>
        <translation>%1：角色不能依赖自身。</translation>
    </message>
    <message>
        <source> needs </source>
        <comment>between the roles of a cycle</comment>
        <translation> 依赖 </translation>
    </message>
    <message>
        <source>At least 1 instance must live, at most %1 can.</source>
        <translation>至少 1 个实例须存活，最多 %1 个。</translation>
    </message>
    <message>
        <source>A tree has at most %1 roles: split it.</source>
        <translation>服务树最多 %1 个角色：请拆分。</translation>
    </message>
    <message>
        <source>The role %1 stands in the tree already.</source>
        <translation>角色 %1 已在服务树中。</translation>
    </message>
    <message>
        <source>The role %1 stands in %2 already.</source>
        <translation>角色 %1 已在 %2 中。</translation>
    </message>
    <message>
        <source>A tree has at most %1 instances: split it.</source>
        <translation>服务树最多 %1 个实例：请拆分。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be the id of a tree: use 1 to 64 of A-Z a-z 0-9 _ . -</source>
        <translation>“%1”不能作为服务树的 ID：请用 1 到 64 个 A-Z a-z 0-9 _ . - 字符</translation>
    </message>
</context>
<context>
    <name>Treewarden::TreeStore</name>
    <message>
        <source>The connection to Redis ended before it answered, so the tree may be saved or not: your changes are kept, and what stands is shown when Redis is back.</source>
        <translation>与 Redis 的连接在其应答之前断开，因此服务树可能已保存，也可能没有：您的更改已保留，Redis 恢复后会显示实际的内容。</translation>
    </message>
    <message>
        <source>The tree was not saved since Redis is away: your changes are kept, save them when it is back.</source>
        <translation>由于 Redis 不可用，服务树没有保存：您的更改已保留，待其恢复后再保存。</translation>
    </message>
    <message>
        <source>The tree was not saved: %1. Your changes are kept.</source>
        <translation>服务树没有保存：%1。您的更改已保留。</translation>
    </message>
</context>
<context>
    <name>Treewarden::TryCheck</name>
    <message>
        <source>The configuration has not been read yet.</source>
        <translation>配置尚未读取。</translation>
    </message>
    <message>
        <source>What is true of all instances is checked with each of them.</source>
        <translation>适用于所有实例的设置会随每个实例一起检查。</translation>
    </message>
    <message>
        <source>The agent knows only checks that are saved: sign and save first.</source>
        <translation>代理只知道已保存的检查：请先签名并保存。</translation>
    </message>
    <message>
        <source>The agent did not answer.</source>
        <translation>代理没有应答。</translation>
    </message>
    <message>
        <source>The agent was not asked: %1</source>
        <translation>没有询问代理：%1</translation>
    </message>
    <message>
        <source>No Redis is configured any more.</source>
        <translation>已不再配置 Redis。</translation>
    </message>
    <message>
        <source>The agent does not know this service.</source>
        <translation>代理不认识此服务。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>state, time</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <comment>state, reason, time</comment>
        <translation>%1：%2（%3）</translation>
    </message>
</context>
<context>
    <name>Treewarden::TryCheckLine</name>
    <message>
        <source>Try this check now</source>
        <translation>立即试用此检查</translation>
    </message>
    <message>
        <source>The agent is looking…</source>
        <translation>代理正在查看…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>server, what its agent says</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>Treewarden::UnsavedWork</name>
    <message>
        <source>the new service tree %1</source>
        <translation>新服务树 %1</translation>
    </message>
    <message>
        <source>1 change of the service tree %1</source>
        <translation>服务树 %1 的 1 处更改</translation>
    </message>
    <message>
        <source>%1 changes of the service tree %2</source>
        <translation>服务树 %2 的 %1 处更改</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>changed configurations: %1</source>
        <translation>更改的配置：%1</translation>
    </message>
    <message>
        <source>a rolling action: what is under way is finished, the rest is not begun</source>
        <translation>滚动操作：已在进行的会执行完毕，其余的不会开始</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a site, what is not saved there</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Close Treewarden and lose what is not saved?</source>
        <translation>关闭 Treewarden 并丢失未保存的内容？</translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation>关闭并丢失</translation>
    </message>
    <message>
        <source>Its service tree %1 has changes that are not saved: they are lost with it.</source>
        <translation>其服务树 %1 有未保存的更改：这些更改会一并丢失。</translation>
    </message>
    <message>
        <source>Some of its configurations have changes that are not saved: they are lost with it.</source>
        <translation>其部分配置有未保存的更改：这些更改会一并丢失。</translation>
    </message>
</context>
<context>
    <name>Treewarden::WatcherSource</name>
    <message>
        <source>No Redis is configured.</source>
        <translation>没有配置 Redis。</translation>
    </message>
</context>
<context>
    <name>Treewarden::WindowKeeper</name>
    <message>
        <source>%1 - Treewarden</source>
        <translation>%1 - Treewarden</translation>
    </message>
    <message>
        <source>Treewarden</source>
        <translation>Treewarden</translation>
    </message>
    <message>
        <source>%1, the past - %2</source>
        <comment>a clock, the window&apos;s title</comment>
        <translation>%1，过去 - %2</translation>
    </message>
    <message>
        <source>First finish or cancel the dialog: another site would take it away.</source>
        <translation>请先完成或取消对话框：切换到另一站点会使其丢失。</translation>
    </message>
    <message>
        <source>First finish or cancel the dialog: it would go with the program.</source>
        <translation>请先完成或取消对话框：退出程序会使其丢失。</translation>
    </message>
</context>
<context>
    <name>Treewarden::WindowTools</name>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Find anything…</source>
        <translation>查找任意内容(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Do something…</source>
        <translation>执行操作(&amp;D)…</translation>
    </message>
    <message>
        <source>Filter &amp;this page</source>
        <translation>筛选此页(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Read everything again</source>
        <translation>重新读取全部(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>后退(&amp;B)</translation>
    </message>
    <message>
        <source>F&amp;orward</source>
        <translation>前进(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Help about this place</source>
        <translation>此处的帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>This page has no filter.</source>
        <translation>此页没有过滤器。</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>工具(&amp;O)</translation>
    </message>
    <message>
        <source>Share a read-only &amp;page…</source>
        <translation>共享只读页面(&amp;P)…</translation>
    </message>
    <message>
        <source>Shared at %1</source>
        <translation>共享于 %1</translation>
    </message>
    <message>
        <source>A read-only page is served: show it</source>
        <translation>正在提供只读页面：显示它</translation>
    </message>
</context>
<context>
    <name>Treewarden::WordHelp</name>
    <message>
        <source>A click on an example tries it. Esc closes.</source>
        <translation>点击示例即可试用。按 Esc 关闭。</translation>
    </message>
    <message>
        <source>Any text: in the name, the IP, a role or the state</source>
        <translation>任意文字：在名称、IP、角色或状态中</translation>
    </message>
    <message>
        <source>Not alive, whatever is in maintenance aside; &quot;up&quot; is alive</source>
        <translation>未存活，维护中的除外；“up”表示存活</translation>
    </message>
    <message>
        <source>Servers with a service of this role</source>
        <translation>有此角色服务的服务器</translation>
    </message>
    <message>
        <source>Servers in this service tree</source>
        <translation>属于此服务树的服务器</translation>
    </message>
    <message>
        <source>alive, degraded, died, unknown or maintenance</source>
        <translation>alive、degraded、died、unknown 或 maintenance</translation>
    </message>
    <message>
        <source>In the name only</source>
        <translation>仅在名称中</translation>
    </message>
    <message>
        <source>How the IP begins</source>
        <translation>IP 的开头</translation>
    </message>
    <message>
        <source>CPU, memory, disk in percent, load: &gt; &gt;= &lt; &lt;= =</source>
        <translation>CPU、内存、磁盘（百分比）、负载：&gt; &gt;= &lt; &lt;= =</translation>
    </message>
    <message>
        <source>How many services are alive</source>
        <translation>有多少服务存活</translation>
    </message>
    <message>
        <source>A minus: not that</source>
        <translation>减号：排除</translation>
    </message>
    <message>
        <source>Several words: all of them</source>
        <translation>多个词：全部满足</translation>
    </message>
    <message>
        <source>The words of a filter</source>
        <translation>过滤器的词语</translation>
    </message>
</context>
<context>
    <name>Treewarden::WorkloadPanel</name>
    <message>
        <source>At %1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>the day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>the week before</source>
        <translation>前一周</translation>
    </message>
    <message>
        <source>No server is called %1.</source>
        <translation>没有名为 %1 的服务器。</translation>
    </message>
    <message>
        <source>No history: %1</source>
        <translation>没有历史：%1</translation>
    </message>
    <message>
        <source>Live, the last 5 minutes</source>
        <translation>实时，最近 5 分钟</translation>
    </message>
    <message>
        <source>The last 5 minutes that are known, %1 to %2</source>
        <translation>已知的最近 5 分钟，%1 至 %2</translation>
    </message>
    <message>
        <source>A point is the average of %1; the band around it is the least and the most.</source>
        <translation>每个点是 %1的平均值；周围的色带是最小值和最大值。</translation>
    </message>
</context>
</TS>
