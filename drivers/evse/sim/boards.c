// SPDX-License-Identifier: GPL-2.0-only
/*
 * Boards that no device tree describes, each with its port. Software nodes have
 * their properties, and refer to channels and to the PWM; the lines are in a table
 * for each part, found by the name of its device.
 */

#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/evse.h>
#include <linux/gpio/machine.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "board.h"
#include "boards.h"

/* "compatible", channels and their names, PWM, end */
#define MORE_PROPERTIES	5
/* As many as the board has of its own, names of lines, end */
#define BOARD_PROPERTIES	(EVSE_SIM_BOARD_PROPERTIES + 2)

static unsigned int boards;
module_param(boards, uint, 0444);
MODULE_PARM_DESC(boards, "Simulated AC chargers to make, no device tree needed: 0 to 16 (default 0)");

/**
 * struct made_part - a child of the port
 * @node: its software node
 * @properties: of the node
 * @tap_names: names of its channels
 * @taps: the channels
 * @pwm: its PWM output
 * @wires: its lines
 * @device: name of its device
 */
struct made_part {
	struct software_node node;
	struct property_entry properties[EVSE_SIM_PART_PROPERTIES +
					 MORE_PROPERTIES];
	const char *tap_names[EVSE_SIM_PART_TAPS];
	struct software_node_ref_args taps[EVSE_SIM_PART_TAPS];
	struct software_node_ref_args pwm;
	struct gpiod_lookup_table *wires;
	char device[40];
};

/**
 * struct made - a board and its port
 * @board: software node of the board
 * @properties: of the board
 * @port: software node of the port
 * @board_name: name of the board's node and device
 * @port_name: ... of the port's
 * @line_names: names of lines
 * @lines: the same, as a property has them
 * @board_device: the board
 * @port_device: the port, whose driver adds the parts
 * @nodes: all software nodes, the port before its children; NULL at the end
 * @parts: the port's children
 */
struct made {
	struct software_node board;
	struct property_entry properties[BOARD_PROPERTIES];
	struct software_node port;
	char board_name[24];
	char port_name[24];
	char line_names[EVSE_SIM_LINES][32];
	const char *lines[EVSE_SIM_LINES];
	struct platform_device *board_device;
	struct platform_device *port_device;
	const struct software_node **nodes;
	struct made_part parts[];
};

static struct made *all[EVSE_SIM_BOARDS];

static void add_property(struct property_entry *list, struct property_entry entry)
{
	while (list->name)
		list++;
	*list = entry;
}

static void describe_board(struct made *m, unsigned int number)
{
	unsigned int i;

	snprintf(m->board_name, sizeof(m->board_name), "evse-sim.%u", number);
	snprintf(m->port_name, sizeof(m->port_name), "evse-port.%u", number);
	for (i = 0; i < EVSE_SIM_LINES; i++) {
		snprintf(m->line_names[i], sizeof(m->line_names[i]),
			 "evse%u-%s", number, evse_sim_line_names[i]);
		m->lines[i] = m->line_names[i];
	}
	memcpy(m->properties, evse_sim_board_properties,
	       sizeof(evse_sim_board_properties));
	add_property(m->properties,
		     PROPERTY_ENTRY_STRING_ARRAY("gpio-line-names", m->lines));
	m->board = (struct software_node){
		.name = m->board_name,
		.properties = m->properties,
	};
	m->port = (struct software_node){
		.name = m->port_name,
		.properties = evse_sim_port_properties,
	};
	m->nodes[0] = &m->board;
	m->nodes[1] = &m->port;
}

static void describe_taps(struct made *m, struct made_part *made,
			  const struct evse_sim_part *part)
{
	unsigned int i;

	for (i = 0; i < EVSE_SIM_PART_TAPS && part->taps[i].name; i++) {
		made->tap_names[i] = part->taps[i].name;
		made->taps[i] = SOFTWARE_NODE_REFERENCE(&m->board,
							part->taps[i].channel);
	}
	if (!i)
		return;
	add_property(made->properties,
		     PROPERTY_ENTRY_STRING_ARRAY_LEN("io-channel-names",
						     made->tap_names, i));
	add_property(made->properties,
		     PROPERTY_ENTRY_REF_ARRAY_LEN("io-channels", made->taps, i));
}

static int describe_wires(struct made *m, struct made_part *made,
			  const struct evse_sim_part *part)
{
	unsigned int i;

	/* A list ends with an empty entry. */
	made->wires = kzalloc(struct_size(made->wires, table,
					  EVSE_SIM_PART_WIRES + 1), GFP_KERNEL);
	if (!made->wires)
		return -ENOMEM;
	made->wires->dev_id = made->device;
	for (i = 0; i < EVSE_SIM_PART_WIRES && part->wires[i].name; i++)
		made->wires->table[i] =
			GPIO_LOOKUP(m->board_name, part->wires[i].line,
				    part->wires[i].name,
				    part->wires[i].active_low ?
				    GPIO_ACTIVE_LOW : GPIO_ACTIVE_HIGH);
	return 0;
}

/* The device's name is the core's rule: see EVSE_PORT_CHILDREN. */
static int describe_part(struct made *m, unsigned int number, unsigned int i)
{
	const struct evse_sim_part *part = &evse_sim_parts[i];
	struct made_part *made = &m->parts[i];

	snprintf(made->device, sizeof(made->device), "%s.%u", part->compatible,
		 number * EVSE_PORT_CHILDREN + i);
	strreplace(made->device, ',', '-');
	memcpy(made->properties, part->properties, sizeof(part->properties));
	add_property(made->properties,
		     PROPERTY_ENTRY_STRING("compatible", part->compatible));
	describe_taps(m, made, part);
	if (part->pwm_period_ns) {
		made->pwm = SOFTWARE_NODE_REFERENCE(&m->board,
						    EVSE_SIM_PWM_PILOT,
						    part->pwm_period_ns, 0);
		add_property(made->properties,
			     PROPERTY_ENTRY_REF_ARRAY_LEN("pwms", &made->pwm, 1));
	}
	made->node = (struct software_node){
		.name = part->name,
		.parent = &m->port,
		.properties = made->properties,
	};
	m->nodes[2 + i] = &made->node;
	return describe_wires(m, made, part);
}

static void forget(struct made *m)
{
	unsigned int i;

	if (!m)
		return;
	for (i = 0; m->nodes && i < evse_sim_part_count; i++)
		kfree(m->parts[i].wires);
	kfree(m->nodes);
	kfree(m);
}

static struct made *describe(unsigned int number)
{
	struct made *m;
	unsigned int i;
	int ret = 0;

	m = kzalloc(struct_size(m, parts, evse_sim_part_count), GFP_KERNEL);
	if (!m)
		return ERR_PTR(-ENOMEM);
	m->nodes = kcalloc(evse_sim_part_count + 3, sizeof(*m->nodes),
			   GFP_KERNEL);
	if (!m->nodes) {
		forget(m);
		return ERR_PTR(-ENOMEM);
	}
	describe_board(m, number);
	for (i = 0; !ret && i < evse_sim_part_count; i++)
		ret = describe_part(m, number, i);
	if (ret) {
		forget(m);
		return ERR_PTR(ret);
	}
	return m;
}

static struct platform_device *add_device(const char *name, unsigned int number,
					  const struct software_node *node)
{
	const struct platform_device_info info = {
		.name = name,
		.id = number,
		.fwnode = software_node_fwnode(node),
	};

	return platform_device_register_full(&info);
}

static void remove_tables(struct made *m)
{
	unsigned int i;

	for (i = 0; i < evse_sim_part_count; i++)
		gpiod_remove_lookup_table(m->parts[i].wires);
}

/* The board before the port: the parts find it there. */
static int add(struct made *m, unsigned int number)
{
	unsigned int i;
	int ret;

	ret = software_node_register_node_group(m->nodes);
	if (ret)
		return ret;
	for (i = 0; i < evse_sim_part_count; i++)
		gpiod_add_lookup_table(m->parts[i].wires);

	m->board_device = add_device("evse-sim", number, &m->board);
	if (IS_ERR(m->board_device)) {
		ret = PTR_ERR(m->board_device);
		goto err_tables;
	}
	m->port_device = add_device("evse-port", number, &m->port);
	if (IS_ERR(m->port_device)) {
		ret = PTR_ERR(m->port_device);
		goto err_board;
	}
	return 0;

err_board:
	platform_device_unregister(m->board_device);
err_tables:
	remove_tables(m);
	software_node_unregister_node_group(m->nodes);
	return ret;
}

static void remove(struct made *m)
{
	platform_device_unregister(m->port_device);
	platform_device_unregister(m->board_device);
	remove_tables(m);
	software_node_unregister_node_group(m->nodes);
}

static int make(unsigned int number)
{
	struct made *m = describe(number);
	int ret;

	if (IS_ERR(m))
		return PTR_ERR(m);
	ret = add(m, number);
	if (ret) {
		pr_err("cannot add board %u: error %d\n", number, ret);
		forget(m);
		return ret;
	}
	all[number] = m;
	return 0;
}

/**
 * evse_sim_boards_init() - make as many boards as the module's parameter says
 *
 * Return: 0 or a negative errno, after telling why; there is none then.
 */
int evse_sim_boards_init(void)
{
	unsigned int i;
	int ret;

	if (boards > EVSE_SIM_BOARDS) {
		pr_err("boards=%u: say 0 to %d\n", boards, EVSE_SIM_BOARDS);
		return -EINVAL;
	}
	for (i = 0; i < boards; i++) {
		ret = make(i);
		if (ret) {
			evse_sim_boards_exit();
			return ret;
		}
	}
	return 0;
}

/** evse_sim_boards_exit() - remove them, the last one first */
void evse_sim_boards_exit(void)
{
	unsigned int i;

	for (i = EVSE_SIM_BOARDS; i-- > 0;) {
		if (!all[i])
			continue;
		remove(all[i]);
		forget(all[i]);
		all[i] = NULL;
	}
}
