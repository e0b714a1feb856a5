/** Common emoji, by group, with words that they are found by. */

export interface EmojiGroup {
  readonly name: { readonly en: string; readonly zh: string };
  readonly emoji: readonly (readonly [emoji: string, words: string])[];
}

/** One line for each: the emoji, then its words in both languages. */
function read(lines: string): EmojiGroup['emoji'] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [emoji = '', ...words] = line.trim().split(' ');
      return [emoji, words.join(' ')] as const;
    });
}

export const EMOJI: readonly EmojiGroup[] = [
  {
    name: { en: 'Faces', zh: '表情' },
    emoji: read(`
      😀 grin happy 笑 开心
      😃 smile happy 笑 高兴
      😄 laugh happy 大笑
      😁 beam teeth 露齿笑
      😆 squint laugh 大笑
      😅 sweat relief 汗 尴尬
      😂 tears joy laugh 笑哭
      🤣 rolling laugh 笑翻
      🙂 slight smile 微笑
      🙃 upside down 倒脸
      😉 wink 眨眼
      😊 blush smile 害羞 微笑
      😇 angel halo 天使
      🥰 love hearts 喜爱
      😍 heart eyes love 花痴 爱
      😘 kiss 飞吻
      😋 yummy tongue 好吃
      😛 tongue 吐舌
      😜 wink tongue 调皮
      🤗 hug 拥抱
      🤔 think 思考
      🤐 zip quiet 闭嘴
      😐 neutral 中性
      😑 blank 无语
      😶 no mouth 沉默
      😏 smirk 得意
      😒 unamused 不悦
      🙄 roll eyes 白眼
      😬 grimace 尴尬
      😌 relieved calm 安心
      😔 sad pensive 难过
      😪 sleepy 困
      😴 sleep 睡觉
      😷 mask ill 口罩 生病
      🤒 fever ill 发烧
      🤧 sneeze cold 打喷嚏
      🥳 party celebrate 庆祝
      😎 cool sunglasses 酷 墨镜
      🤓 nerd glasses 书呆子
      😕 confused 困惑
      🙁 frown sad 不开心
      😮 open mouth wow 惊讶
      😳 flushed 脸红
      🥺 plead 恳求
      😢 cry sad 哭
      😭 sob cry 大哭
      😱 scream fear 害怕
      😤 huff 生气
      😡 angry 愤怒
      🤯 mind blown 震惊
      🥶 cold 冷
      🥵 hot 热
      🤮 vomit 呕吐
      🤡 clown 小丑
      👻 ghost 鬼
      💀 skull dead 骷髅
      👽 alien 外星人
      🤖 robot 机器人`),
  },
  {
    name: { en: 'Hands and people', zh: '手势与人' },
    emoji: read(`
      👍 thumbs up yes good 赞 好
      👎 thumbs down no bad 踩 不好
      👌 ok 好的
      ✌️ victory peace 胜利
      🤞 fingers crossed luck 好运
      🤝 handshake 握手
      👏 clap 鼓掌
      🙌 raise hands hooray 欢呼
      🙏 please thanks pray 谢谢 拜托
      👋 wave hello bye 你好 再见
      🤙 call me 打电话
      💪 strong muscle 加油 强
      👀 eyes look 看
      🫶 heart hands love 比心
      🤷 shrug 耸肩
      🤦 facepalm 捂脸
      🙋 raise hand me 举手
      🚶 walk 走路
      🏃 run 跑步
      💃 dance 跳舞
      👶 baby 宝宝
      👨‍👩‍👧 family 家庭`),
  },
  {
    name: { en: 'Hearts and signs', zh: '心与符号' },
    emoji: read(`
      ❤️ heart love red 爱 红心
      🧡 orange heart 橙心
      💛 yellow heart 黄心
      💚 green heart 绿心
      💙 blue heart 蓝心
      💜 purple heart 紫心
      🖤 black heart 黑心
      💔 broken heart 心碎
      💕 two hearts 双心
      🔥 fire hot 火
      ✨ sparkles 闪亮
      ⭐ star 星
      💯 hundred 满分
      ✅ check done yes 完成 对
      ❌ cross no 错
      ❓ question 问号
      ❗ exclamation 感叹
      ⚠️ warning 警告
      💤 sleep zzz 睡
      🎵 music note 音乐
      ➕ plus 加
      🔒 lock safe 锁
      🔑 key 钥匙
      🔔 bell 铃`),
  },
  {
    name: { en: 'Animals and nature', zh: '动物与自然' },
    emoji: read(`
      🐶 dog 狗
      🐱 cat 猫
      🐭 mouse 老鼠
      🐰 rabbit 兔
      🦊 fox 狐狸
      🐻 bear 熊
      🐼 panda 熊猫
      🐯 tiger 虎
      🦁 lion 狮子
      🐮 cow 牛
      🐷 pig 猪
      🐸 frog 青蛙
      🐵 monkey 猴
      🐔 chicken 鸡
      🐧 penguin 企鹅
      🐦 bird 鸟
      🐝 bee 蜜蜂
      🦋 butterfly 蝴蝶
      🐟 fish 鱼
      🐉 dragon 龙
      🌸 blossom flower 樱花 花
      🌹 rose 玫瑰
      🌻 sunflower 向日葵
      🌲 tree 树
      🍀 clover luck 四叶草 好运
      ☀️ sun 太阳
      🌙 moon 月亮
      ☁️ cloud 云
      🌧️ rain 雨
      ❄️ snow 雪
      🌈 rainbow 彩虹
      🌊 wave sea 海浪`),
  },
  {
    name: { en: 'Food', zh: '食物' },
    emoji: read(`
      🍎 apple 苹果
      🍌 banana 香蕉
      🍉 watermelon 西瓜
      🍓 strawberry 草莓
      🍞 bread 面包
      🧀 cheese 奶酪
      🥚 egg 鸡蛋
      🍕 pizza 披萨
      🍔 burger 汉堡
      🍟 fries 薯条
      🍜 noodles 面条
      🍚 rice 米饭
      🥟 dumpling 饺子
      🍣 sushi 寿司
      🍰 cake 蛋糕
      🎂 birthday cake 生日
      🍫 chocolate 巧克力
      🍦 ice cream 冰淇淋
      ☕ coffee 咖啡
      🍵 tea 茶
      🍺 beer 啤酒
      🍷 wine 红酒
      🥂 cheers 干杯`),
  },
  {
    name: { en: 'Things and places', zh: '物品与地点' },
    emoji: read(`
      🎉 party tada 庆祝
      🎁 gift 礼物
      🎈 balloon 气球
      🏆 trophy 奖杯
      ⚽ football soccer 足球
      🏀 basketball 篮球
      🎮 game 游戏
      🎸 guitar 吉他
      📷 camera 相机
      📱 phone 手机
      💻 computer 电脑
      📧 mail 邮件
      📎 clip 回形针
      📄 page document 文件
      📅 calendar date 日历
      ⏰ alarm clock time 闹钟 时间
      💡 idea light 主意 灯
      💰 money 钱
      🛒 cart shopping 购物
      🏠 house home 家
      🏢 office work 办公
      🏥 hospital 医院
      🏫 school 学校
      🚗 car 汽车
      🚌 bus 公交
      🚆 train 火车
      ✈️ plane 飞机
      🚲 bicycle 自行车
      ⛰️ mountain 山
      🏖️ beach 海滩
      🌍 earth world 地球
      🧳 suitcase travel 旅行`),
  },
];

/** Those with a word that begins with what is looked for; all of them without. */
export function findEmoji(wanted: string): readonly EmojiGroup[] {
  const text = wanted.trim().toLowerCase();
  if (text === '') return EMOJI;
  return EMOJI.map((group) => ({
    ...group,
    emoji: group.emoji.filter(
      ([emoji, words]) => emoji === text || words.split(' ').some((word) => word.startsWith(text)),
    ),
  })).filter(({ emoji }) => emoji.length > 0);
}
